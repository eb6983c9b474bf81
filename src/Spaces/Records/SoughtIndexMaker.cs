using System.Collections.Concurrent;
using System.Threading.Channels;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Records;

/// <summary>
/// Makes indexes of columns in which callers look for values: the first look walks the sheet and asks for the index, which is made beside the reads;
/// later looks find it.
/// </summary>
internal sealed partial class SoughtIndexMaker(ILogger<SoughtIndexMaker> logger) : BackgroundService
{
    private const int LongestQueue = 100;

    private readonly Channel<(SpaceFolder Space, int Sheet, SoughtColumn Sought)> _wanted =
        Channel.CreateBounded<(SpaceFolder, int, SoughtColumn)>(new BoundedChannelOptions(LongestQueue) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly ConcurrentDictionary<(long Space, int Sheet, SoughtColumn Sought), bool> _taken = [];
    private readonly ConcurrentDictionary<(long Space, int Sheet, SoughtColumn Sought), long> _uses = [];
    private long _clock;

    /// <summary>Remembers that values are looked for, and asks for the indexes that are missing.</summary>
    public void Note(SpaceRead read, Func<SheetSchema> sheet, RowQuery query)
    {
        if (string.IsNullOrEmpty(query.Q) && (string.IsNullOrEmpty(query.SearchValue) || string.IsNullOrEmpty(query.SearchField)))
        {
            return;
        }

        var schema = sheet();
        foreach (var sought in Selection.Of(read.Connection, schema, query).Sought)
        {
            var key = (read.Folder.Number, schema.Number, sought);
            _uses[key] = Interlocked.Increment(ref _clock);
            if (!_taken.ContainsKey(key) && SoughtIndexes.IsMissing(read.Connection, schema, sought) && _taken.TryAdd(key, true)
                && !_wanted.Writer.TryWrite((read.Folder, schema.Number, sought)))
            {
                _taken.TryRemove(key, out _);
            }
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (space, sheet, sought) in _wanted.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            var isMade = true;
            try
            {
                var use = await space.RentAsync(stoppingToken).ConfigureAwait(false);
                await using var leaving = use.ConfigureAwait(false);
                isMade = await use.GuardAsync(() => use.File.WriteAsync(
                    connection => SoughtIndexes.Make(connection, sheet, sought, present => present.MinBy(one => _uses.GetValueOrDefault((space.Number, sheet, one)))),
                    stoppingToken)).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is ApiRefusal or SqliteException or ObjectDisposedException)
            {
                // The space is gone, or its disk is full: looking for values goes on without the index.
                LogNotMade(logger, space.Id, sheet, fault);
            }

            // A column that is too large for an index stays taken, so that it is not measured again and again.
            if (isMade)
            {
                _taken.TryRemove((space.Number, sheet, sought), out _);
            }
        }
    }
}
