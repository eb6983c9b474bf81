using Flatfile.Spaces.Events;
using Flatfile.Spaces.Exchange;
using Flatfile.Spaces.Files;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Hosting;

/// <summary>Puts folders and registry in line at start: finishes births and deletions, and finds events a crash left behind.</summary>
internal sealed partial class StartSweep(DataFolder folder, CentralStore central, SpaceRegistry registry, EventRelay relay, FileSweep files, ExchangeFolder exchange, ILogger<StartSweep> logger)
{
    /// <summary>Looks at the folders' names only, unless the last run did not end in order.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (registered, clean) = await central.ReadAsync(
            connection => (
                connection.Rows("SELECT number, environment, state FROM spaces", row => (Number: row.GetInt64(0), Environment: row.GetString(1), State: row.GetString(2)))
                    .ToDictionary(space => space.Number),
                connection.Number("SELECT clean FROM runs") != 0),
            cancellationToken).ConfigureAwait(false);

        files.ClearUploads();
        exchange.Clear();
        foreach (var path in Directory.EnumerateDirectories(folder.Spaces))
        {
            var name = Path.GetFileName(path);
            if (DataFolder.IsTemporary(name))
            {
                Directory.Delete(path, recursive: true);
            }
            else if (!ResourceId.TryParse(IdPrefix.Space, name, out var id) || id.Number != 0 || !registered.TryGetValue(id.Space, out var space))
            {
                LogStrange(logger, path);
            }
            else if (space.State == SpaceRegistry.Deleted)
            {
                Directory.Delete(path, recursive: true);
            }
            else if (space.State == SpaceRegistry.Reserved)
            {
                await registry.RegisterAsync(registry.At(space.Number, space.Environment), _ => { }, cancellationToken).ConfigureAwait(false);
            }
            else if (!clean)
            {
                relay.MarkDirty(registry.At(space.Number, space.Environment));
                await files.RunAsync(registry.At(space.Number, space.Environment), cancellationToken).ConfigureAwait(false);
            }
        }

        await StoreAsync(clean: false).ConfigureAwait(false);
    }

    /// <summary>Says that everything committed is in the log.</summary>
    public Task MarkCleanAsync() => StoreAsync(clean: true);

    private Task StoreAsync(bool clean) => central.WriteAsync(
        "", "", change => change.Connection.Execute("UPDATE runs SET clean = $clean", ("$clean", clean ? 1 : 0)), CancellationToken.None);
}
