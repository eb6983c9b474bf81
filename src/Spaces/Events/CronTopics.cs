using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Events;

/// <summary>Raises <c>cron:5-minutes</c>, <c>cron:hourly</c>, <c>cron:daily</c> and <c>cron:weekly</c> in every environment, each slot of UTC once.</summary>
/// <remarks>Of slots that passed while the server was down the latest is raised. A clock that is set back raises nothing again.</remarks>
internal sealed partial class CronTopics(CentralStore central, SpacesOptions options, TimeProvider time, ILogger<CronTopics> logger) : BackgroundService
{
    /// <summary>The slot of each topic and environment that was raised last, in seconds since 1970.</summary>
    public const string Schema = "CREATE TABLE cron_slots(environment TEXT NOT NULL, topic TEXT NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (environment, topic)) WITHOUT ROWID";

    private const long Day = 86_400;
    private const long Week = 7 * Day;

    /// <summary>The first of January 1970 was a Thursday; weeks begin on Monday.</summary>
    private const long FirstMonday = 4 * Day;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly (string Topic, Func<long, long> Slot)[] Topics =
    [
        ("cron:5-minutes", now => now - (now % 300)),
        ("cron:hourly", now => now - (now % 3600)),
        ("cron:daily", now => now - (now % Day)),
        ("cron:weekly", now => now - ((now - FirstMonday) % Week)),
    ];

    /// <summary>Raises what has come. An environment seen for the first time begins with its next slots.</summary>
    /// <returns>How many events.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var due = await central.ReadAsync(connection => Due(connection, now), cancellationToken).ConfigureAwait(false);
        return due == 0 ? 0 : await central.WriteAsync("", central.AccountId, change => Raise(change, now), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.CronTopics)
        {
            return;
        }

        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is ApiRefusal or SqliteException or IOException)
            {
                LogLater(logger, fault);
            }
        }
    }

    private static long Due(SqliteConnection connection, long now) =>
        Topics.Sum(t => connection.Number(
            "SELECT count(*) FROM environments WHERE NOT EXISTS(SELECT 1 FROM cron_slots WHERE environment = environments.id AND topic = $topic AND slot >= $slot)",
            ("$topic", t.Topic), ("$slot", t.Slot(now))));

    private static int Raise(CentralWrite change, long now)
    {
        var raised = 0;
        foreach (var environment in change.Connection.Rows("SELECT id FROM environments ORDER BY number", row => row.GetString(0)))
        {
            foreach (var (topic, slot) in Topics)
            {
                var isNew = change.Connection.Execute(
                    "INSERT INTO cron_slots(environment, topic, slot) VALUES ($environment, $topic, $slot) ON CONFLICT DO NOTHING",
                    ("$environment", environment), ("$topic", topic), ("$slot", slot(now))) == 1;
                if (!isNew && change.Connection.Execute(
                    "UPDATE cron_slots SET slot = $slot WHERE environment = $environment AND topic = $topic AND slot < $slot",
                    ("$environment", environment), ("$topic", topic), ("$slot", slot(now))) == 1)
                {
                    change.Emit(new NewEvent(topic, "cron"), environment);
                    raised++;
                }
            }
        }

        return raised;
    }
}
