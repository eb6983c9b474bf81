using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Events;

/// <summary>Removes events from the log that are older than the setting says and that no reader in this process still needs.</summary>
/// <remarks>Only a beginning of the log is removed, never something out of its middle, so that one number says what is gone.</remarks>
internal sealed partial class EventPruning(CentralStore central, EventLog log, SpacesOptions options, TimeProvider time, ILogger<EventPruning> logger)
{
    /// <summary>Small enough that nobody waits long at the gate.</summary>
    private const int Portion = 2_000;

    private static readonly TimeSpan First = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Works until stopped; the first look comes late, so that readers have said by then how far they are.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (options.EventRetention is not { } age)
        {
            return;
        }

        for (var pause = First; ; pause = Pause)
        {
            await Task.Delay(pause, time, stopping).ConfigureAwait(false);
            try
            {
                await PruneAsync(age, stopping).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is SqliteException or ApiRefusal or IOException)
            {
                LogFailed(logger, fault, Pause);
            }
        }
    }

    /// <summary>Removes what is old enough, a portion at a time.</summary>
    public async Task<long> PruneAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        var before = Wire.Time(time.GetUtcNow() - age);
        long removed = 0;
        while (true)
        {
            var (count, floor) = await central.WriteAsync("", "", change => Remove(change.Connection, before), cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            log.Raise(floor);
            removed += count;
        }

        if (removed > 0)
        {
            LogRemoved(logger, removed, age);
        }

        return removed;
    }

    /// <summary>The newest event stays in any case: it carries the log's position through a restart.</summary>
    private (long Count, long Floor) Remove(SqliteConnection connection, string before)
    {
        var oldest = connection.Number("SELECT min(position) FROM events");
        var last = Math.Min(Math.Min(oldest + Portion - 1, log.Needed), log.Position - 1);
        var young = connection.Scalar(
            "SELECT min(position) FROM events WHERE position <= $last AND created_at >= $before", ("$last", last), ("$before", before));
        last = young is long first ? first - 1 : last;
        if (oldest == 0 || last < oldest)
        {
            return (0, 0);
        }

        connection.Execute("UPDATE log SET floor = $floor", ("$floor", last));
        return (connection.Execute("DELETE FROM events WHERE position <= $last", ("$last", last)), last);
    }
}
