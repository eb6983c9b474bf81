using System.Globalization;
using Flatfile.Agent.Core.Store;
using Npgsql;
using Quartz;

namespace Flatfile.Agent.Jobs.Quartz.Stores;

/// <summary>A schema in PostgreSQL that all nodes of a cluster share.</summary>
internal sealed class PostgresStore(string connectionString, string schema, int connections) : IQuartzStore
{
    /// <summary>A node is dead for the others when it has not checked in for this and the interval together. Tickets are safe meanwhile and after: a run that goes on holds its lease.</summary>
    private static readonly TimeSpan CheckinPatience = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan CheckinInterval = TimeSpan.FromSeconds(2);

    private readonly string _connectionString = Settings(connectionString, schema, connections).ConnectionString;

    public async Task<IScheduler> PrepareAsync(Func<CancellationToken, ValueTask<IScheduler>> build, CancellationToken cancellationToken)
    {
        // Two nodes that make the same tables at once would fail; the lock is gone with the connection, however this ends.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended('flatfile-agent quartz ' || @schema, 0))", connection);
        command.Parameters.AddWithValue("schema", schema);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);

        // The name was checked to be a plain one; it cannot be a parameter here.
        await using var make = new NpgsqlCommand($"CREATE SCHEMA IF NOT EXISTS {schema}", connection);
        await make.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return await build(cancellationToken).ConfigureAwait(false);
    }

    public void Use(IPersistentStoreBuilder store)
    {
        store.UsePostgres(NpgsqlFactory.Instance, _connectionString);
        store.UseClustering(cluster =>
        {
            cluster.CheckinInterval = CheckinInterval;
            cluster.CheckinMisfireThreshold = CheckinPatience;
        });
    }

    public void Name(QuartzSchedulerOptions scheduler)
    {
        scheduler.InstanceName = QuartzSchedulers.Name;
        scheduler.InstanceId = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Guid.NewGuid():N}");
    }

    public void Close()
    {
        using var connection = new NpgsqlConnection(_connectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private static NpgsqlConnectionStringBuilder Settings(string connectionString, string schema, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = schema,
            Enlist = false,
            Pooling = true,
            MaxPoolSize = connections,
            ApplicationName = "flatfile-agent quartz",
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
        };
        settings.Options = PostgresSession.Options(settings.Options);
        return settings;
    }
}
