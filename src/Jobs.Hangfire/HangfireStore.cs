using Hangfire;
using Hangfire.Common;
using Hangfire.Logging;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Hangfire's tables in PostgreSQL, opened on first use, and what reads and writes them.</summary>
internal sealed class HangfireStore(HangfirePlace place, HangfireTimes times, ILoggerFactory loggers)
{
    private readonly Lock _gate = new();
    private PostgreSqlStorage? _storage;

    /// <summary>What happens at changes of state. No attributes are looked for and no retries made: whether a ticket is run again is decided by the runner.</summary>
    public JobFilterCollection Filters { get; } = MakeFilters();

    /// <summary>Connects and makes the tables that are missing. Holds the thread meanwhile, as all of Hangfire's storage does.</summary>
    /// <exception cref="Exception">The database is away or refuses; the next call tries anew.</exception>
    public JobStorage Open()
    {
        lock (_gate)
        {
            return _storage ??= Make();
        }
    }

    public IBackgroundJobClient Client() => new BackgroundJobClient(Open(), Filters);

    /// <summary>Lets go of the connections that nobody uses any more.</summary>
    public void Close()
    {
        if (_storage is null)
        {
            return;
        }

        using var connection = new NpgsqlConnection(place.ConnectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private static JobFilterCollection MakeFilters()
    {
        var filters = new JobFilterCollection();
        filters.Add(new StatisticsHistoryAttribute());
        filters.Add(new TicketRows());
        filters.Add(new QuietFailures());
        return filters;
    }

    private PostgreSqlStorage Make()
    {
        StoredNames.Use(loggers.CreateLogger(typeof(StoredNames)));
        LogProvider.SetCurrentLogProvider(new global::Hangfire.AspNetCore.AspNetCoreLogProvider(loggers));
        var options = new PostgreSqlStorageOptions
        {
            SchemaName = place.Schema,
            PrepareSchemaIfNecessary = true,
            QueuePollInterval = times.QueuePoll,
            UseSlidingInvisibilityTimeout = true,
            InvisibilityTimeout = times.Invisibility,
            DistributedLockTimeout = times.Lock,
            EnableTransactionScopeEnlistment = false,

            // The agent itself tries again, and says so.
            StartupConnectionMaxRetries = 0,
            AllowDegradedModeWithoutStorage = false,
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(place.ConnectionString, options), options);
    }
}
