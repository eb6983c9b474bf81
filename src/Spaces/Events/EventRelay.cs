using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Events;

/// <summary>Carries events from the spaces' outboxes into the central log, each exactly once, those of one space in their order.</summary>
/// <remarks>
/// The central transaction that appends events also moves the space's cursor; a crash before it repeats the work, a crash after it does not.
/// With the events goes the space's summary, so that lists of spaces need not open them all.
/// </remarks>
internal sealed partial class EventRelay(CentralStore central, TimeProvider time, ILogger<EventRelay> logger)
{
    private const int PageSize = 500;
    private const int SpacesAtOnce = 16;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly List<(long Target, TaskCompletionSource Done)> _waiting = [];
    private Dictionary<long, SpaceFolder> _dirty = [];
    private HashSet<long> _atWork = [];
    private long _requested;
    private long _completed;

    /// <summary>Called when nothing is left to do.</summary>
    public Func<ValueTask> Settled { get; set; } = () => ValueTask.CompletedTask;

    /// <summary>Told, once it stands in the central database, that a space has a job for the server to run.</summary>
    public Action<SpaceFolder> JobsDue { get; set; } = _ => { };

    /// <summary>Says that a space may have news. Called after every commit.</summary>
    public void MarkDirty(SpaceFolder space)
    {
        lock (_lock)
        {
            _dirty[space.Number] = space;
            _requested++;
        }

        Wake();
    }

    /// <summary>Whether a space waits for the relay.</summary>
    public bool HasNews(long space)
    {
        lock (_lock)
        {
            return _dirty.ContainsKey(space) || _atWork.Contains(space);
        }
    }

    /// <summary>Forgets a space whose remaining events were taken by its deletion.</summary>
    public void Forget(SpaceFolder space)
    {
        lock (_lock)
        {
            _dirty.Remove(space.Number);
        }
    }

    /// <summary>Completes when everything committed before the call is in the log; fails when the log cannot be written.</summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_completed >= _requested)
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((_requested, done));
            return done.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Works until stopped.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            await _wake.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await PassAsync(cancellationToken).ConfigureAwait(false);
                pause = TimeSpan.Zero;
            }
            catch (Exception fault) when (fault is SqliteException or ApiRefusal or IOException)
            {
                pause = pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
                LogNotWritten(logger, fault, pause);
                Fail(fault);
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
                Wake();
            }
        }
    }

    /// <summary>One pass over all spaces with news, until none has any.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Dictionary<long, SpaceFolder> work;
            long covers;
            lock (_lock)
            {
                work = _dirty;
                covers = _requested;
                _dirty = [];
                _atWork = [.. work.Keys];
            }

            try
            {
                foreach (var some in work.Values.Chunk(SpacesAtOnce))
                {
                    await RelayAsync(some, cancellationToken).ConfigureAwait(false);
                }
            }
            catch
            {
                lock (_lock)
                {
                    foreach (var (number, space) in work)
                    {
                        _dirty.TryAdd(number, space);
                    }

                    _atWork = [];
                }

                throw;
            }

            if (Complete(covers))
            {
                await Settled().ConfigureAwait(false);
                return;
            }
        }
    }

    /// <summary>Moves what is left of some spaces, in one central transaction per page.</summary>
    private async Task RelayAsync(IReadOnlyList<SpaceFolder> spaces, CancellationToken cancellationToken)
    {
        while (spaces.Count > 0)
        {
            var pages = new List<(SpaceFolder Space, SpaceUse Use, SpaceNews News)>();
            try
            {
                foreach (var space in spaces)
                {
                    if (await ReadAsync(space, cancellationToken).ConfigureAwait(false) is { } page)
                    {
                        pages.Add((space, page.Use, page.News));
                    }
                }

                await central.WriteAsync("", "", change =>
                {
                    pages.ForEach(page => page.News.Append(change, page.Space));
                    return true;
                }, cancellationToken).ConfigureAwait(false);
                pages.ForEach(page =>
                {
                    page.Use.Relayed = page.News.Last;
                    page.Use.JobsIndexed = true;
                });
                pages.Where(page => page.News.HasJobsDue).ToList().ForEach(page => JobsDue(page.Space));
                spaces = [.. pages.Where(page => page.News.Events.Count == PageSize).Select(page => page.Space)];
            }
            finally
            {
                foreach (var page in pages)
                {
                    await page.Use.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>A page of a space's news; a space that cannot be read does not hold up the others.</summary>
    private async Task<(SpaceUse Use, SpaceNews News)?> ReadAsync(SpaceFolder space, CancellationToken cancellationToken)
    {
        SpaceUse? use = null;
        try
        {
            use = await space.RentAsync(cancellationToken).ConfigureAwait(false);
            var open = use;
            return (use, await use.GuardAsync(
                () => open.File.ReadAsync(connection => SpaceNews.Read(connection, open.Relayed, PageSize, !open.JobsIndexed), cancellationToken)).ConfigureAwait(false));
        }
        catch (Exception fault)
        {
            if (use is not null)
            {
                await use.DisposeAsync().ConfigureAwait(false);
            }

            if (fault is not ApiRefusal reason)
            {
                throw;
            }

            LogSkipped(logger, space.Id, reason.Message);
            return null;
        }
    }

    private bool Complete(long covers)
    {
        List<TaskCompletionSource> done;
        bool idle;
        lock (_lock)
        {
            _atWork = [];
            _completed = Math.Max(_completed, covers);
            done = [.. _waiting.Where(one => one.Target <= covers).Select(one => one.Done)];
            _waiting.RemoveAll(one => one.Target <= covers);
            idle = _dirty.Count == 0;
        }

        done.ForEach(one => one.TrySetResult());
        return idle;
    }

    private void Fail(Exception fault)
    {
        List<TaskCompletionSource> failed;
        lock (_lock)
        {
            failed = [.. _waiting.Select(one => one.Done)];
            _waiting.Clear();
        }

        failed.ForEach(one => one.TrySetException(fault));
    }

    private void Wake()
    {
        lock (_wake)
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }
}
