using System.Diagnostics;
using Contracts.Services;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Flatfile.Agent.Store.PostgreSql;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Benchmarks;

/// <summary>Durable writes of the inbox, two for each event, in both dialects; beside PostgreSQL's a bare client that commits each of them alone.</summary>
internal static class StoreBenchmark
{
    private const int Busy = 256;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var figures = new List<Figure>();
        using (var folder = new Scratch())
        {
            await using var sqlite = new SqliteAgentDatabase(folder.Path);
            await sqlite.OpenAsync(CancellationToken.None);
            figures.AddRange(await MeasureAsync(sqlite, "SQLite", null));
        }

        if (PostgresCluster.Missing is { } missing)
        {
            return [.. figures, new Figure("inbox writes to PostgreSQL", "not run", missing)];
        }

        await using var cluster = await PostgresCluster.StartAsync("fsync = on");
        var connectionString = cluster.ConnectionString(await cluster.CreateDatabaseAsync());
        var options = new AgentOptions();
        options.Store.ConnectionString = connectionString;
        await using var postgres = new PostgresAgentDatabase(Options.Create(options), TimeProvider.System, NullLogger<PostgresAgentDatabase>.Instance);
        await postgres.OpenAsync(CancellationToken.None);
        figures.AddRange(await MeasureAsync(postgres, "PostgreSQL", await BareAsync(connectionString)));
        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(AgentDatabase database, string dialect, double? bare)
    {
        var inbox = StoredInbox.Of(database, new AgentOwner(), TimeProvider.System);
        await RateAsync(inbox, Busy, "warm", TimeSpan.FromSeconds(1));
        var many = await RateAsync(inbox, Busy, "many", Length);
        var one = await RateAsync(inbox, 1, "one", Length);
        return
        [
            new Figure($"durable inbox writes to {dialect}, {Busy} events in hand", $"{many:N0} per s", bare is { } b ? $"bare Npgsql, 8 connections, a commit each {b:N0} per s" : "", bare is { } r ? $"{many / r:N1} times" : ""),
            new Figure($"durable inbox writes to {dialect}, one after the other", $"{one:N0} per s"),
        ];
    }

    private static async Task<double> RateAsync(IInbox inbox, int workers, string name, TimeSpan length)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            var events = 0;
            for (; watch.Elapsed < length; events++)
            {
                await inbox.ClaimAsync($"us_evt_{name}_{worker}_{events}", ["bench"], CancellationToken.None);
                await inbox.DoneAsync($"us_evt_{name}_{worker}_{events}", "bench", CancellationToken.None);
            }

            return events;
        })));
        return 2 * counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> BareAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Search Path=flatfile_agent;Max Auto Prepare=10;No Reset On Close=true");
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("INSERT INTO inbox(event_id, handler_id, starts, done_at) VALUES($1, 'bare', 0, 0)", connection);
            var id = new NpgsqlParameter<string>();
            command.Parameters.Add(id);
            var writes = 0;
            for (; watch.Elapsed < Length; writes++)
            {
                id.TypedValue = $"us_evt_bare_{worker}_{writes}";
                await command.ExecuteNonQueryAsync();
            }

            return writes;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }
}
