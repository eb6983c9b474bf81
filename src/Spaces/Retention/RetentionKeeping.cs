using Flatfile.Api;
using Flatfile.Spaces.Files;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Resources;
using Flatfile.Spaces.Spaces;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Retention;

/// <summary>Keeps the data retention policies: within a minute of its time the data of a space is gone, and <c>space:expired</c> says so.</summary>
internal sealed partial class RetentionKeeping(
    CentralStore central, SpaceRegistry registry, FileSweep sweep, TimeProvider time, ILogger<RetentionKeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>The spaces whose data goes until a moment, the earliest first; of one environment, or of all.</summary>
    public Task<IReadOnlyList<RetentionDue>> DueAsync(string? environment, DateTimeOffset until, CancellationToken cancellationToken) =>
        central.ReadAsync(connection => Due(connection, environment, until), cancellationToken);

    /// <summary>Ends the data of all spaces whose time has come. One that cannot be ended now does not keep the others.</summary>
    /// <returns>How many were ended.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var due in await DueAsync(null, time.GetUtcNow(), cancellationToken).ConfigureAwait(false))
        {
            try
            {
                ended += await EndAsync(due, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }
            catch (Exception fault) when (fault is ApiRefusal or SqliteException or IOException)
            {
                LogLater(logger, fault, due.SpaceId);
            }
        }

        return ended;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is ApiRefusal or SqliteException or IOException)
            {
                LogLater(logger, fault, "all spaces");
            }
        }
    }

    private static IReadOnlyList<RetentionDue> Due(SqliteConnection connection, string? environment, DateTimeOffset until)
    {
        var due = new List<RetentionDue>();
        foreach (var id in connection.Rows("SELECT id FROM environments WHERE $id IS NULL OR id = $id", row => row.GetString(0), ("$id", environment)))
        {
            var rules = Kinds.Policies.Central!.List(connection, id).Select(RetentionRule.Of).OfType<RetentionRule>().ToList();
            if (rules.Count == 0)
            {
                continue;
            }

            foreach (var (number, body) in connection.Rows(
                "SELECT number, body FROM spaces WHERE environment = $id AND state = 'live' AND body IS NOT NULL AND status IS NOT $expired",
                row => (row.GetInt64(0), Wire.Parse(row.GetString(1))), ("$id", id), ("$expired", SpaceStatus.Expired)))
            {
                if (RetentionRule.Earliest(rules, body) is { } found && found.At <= until)
                {
                    due.Add(new RetentionDue(number, id, DataFolder.SpaceId(number), body.Text("name"), found.At, found.Rule));
                }
            }
        }

        return [.. due.OrderBy(d => d.At)];
    }

    /// <summary>Looks again inside the write: the list may lag behind an activity that was just committed.</summary>
    private async Task<bool> EndAsync(RetentionDue due, CancellationToken cancellationToken)
    {
        if (await registry.FindAsync(due.Space, cancellationToken).ConfigureAwait(false) is not { } space)
        {
            return false;
        }

        IReadOnlyList<string>? places = null;
        await space.WriteAsync(
            central.AccountId,
            write =>
            {
                if (RetentionRule.Earliest([due.Rule], SpaceView.Read(write.Connection)) is { } found && found.At <= write.Now)
                {
                    places = SpaceExpiry.Expire(write);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (places is null)
        {
            return false;
        }

        sweep.Remove(space, places);
        LogEnded(logger, due.SpaceId, due.Rule.Id, due.Rule.Period.TotalDays);
        return true;
    }
}
