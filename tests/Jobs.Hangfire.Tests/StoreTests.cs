using Contracts.Jobs;
using Contracts.Services;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Jobs.Hangfire;
using Hangfire.Common;
using Jobs.Hangfire.Tests.Support;
using Npgsql;

namespace Jobs.Hangfire.Tests;

/// <summary>What stands in Hangfire's tables, and what becomes of what others put there.</summary>
[Collection(PostgresCollection.Name)]
public sealed class StoreTests(PostgresFixture fixture) : IAsyncLifetime
{
    private const string Schema = "flatfile_agent_hangfire";

    private HangfireHarness _harness = null!;
    private string _database = string.Empty;

    public async Task InitializeAsync()
    {
        if (PostgresCluster.Missing is null)
        {
            _database = await fixture.Cluster.CreateDatabaseAsync();
            _harness = new HangfireHarness(fixture.Cluster.ConnectionString(_database));
        }
    }

    public async Task DisposeAsync()
    {
        if (_harness is not null)
        {
            await _harness.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task No_type_of_ours_or_of_the_runtime_is_named_anywhere()
    {
        var runner = new CallbackRunner((id, _) => id == "tk_bad" ? throw new InvalidOperationException("Password=secret") : Task.CompletedTask);
        var node = _harness.Node(runner, new FiredWork());
        await node.StartAsync();
        await node.Engine.SetRecurringAsync([new("often", "* * * * * *", "UTC", Paused: false)], CancellationToken.None);
        await node.Engine.EnqueueAsync(new EngineTicket("tk_1") { HandlerId = "plugin/handler", JobId = "us_jb_1", SpaceId = "us_sp_1" }, CancellationToken.None);
        await node.EnqueueAsync("tk_bad");
        await node.EnqueueAsync("tk_later", TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));
        await runner.Runs.WaitForAsync(2);
        await Signal.UntilAsync(async () => await CountAsync("SELECT count(*) FROM " + Schema + ".state WHERE name = 'Failed'") == 1, "the failed run to be stored");

        var all = await EverythingAsync();

        Assert.Contains("us_jb_1", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Flatfile.", all, StringComparison.Ordinal);
        Assert.DoesNotContain("PublicKeyToken", all, StringComparison.Ordinal);
        Assert.DoesNotContain("mscorlib", all, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", all, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_row_that_names_a_program_is_not_run()
    {
        var runner = new CallbackRunner();
        var node = _harness.Node(runner);
        await node.StartAsync();
        var file = Path.Combine(Path.GetTempPath(), $"flatfile-agent-{Guid.NewGuid():N}");
        foreach (var type in new[] { "System.IO.File, System.Private.CoreLib", "System.IO.File", "ticket" })
        {
            await PutAsync(
                $$"""{"Type":"{{type}}","Method":"WriteAllText","ParameterTypes":"[\"System.String, System.Private.CoreLib\",\"System.String, System.Private.CoreLib\"]","Arguments":null}""",
                $$"""["\"{{file}}\"","\"run\""]""");
        }

        await node.EnqueueAsync("tk_1");
        await runner.Runs.WaitForAsync(1);
        await Signal.UntilAsync(async () => await CountAsync("SELECT count(*) FROM " + Schema + ".jobqueue") == 0, "the strange rows to be dealt with");

        Assert.False(File.Exists(file));
        Assert.Equal(["tk_1"], runner.Runs.Items);
    }

    [PostgresFact]
    public void A_type_that_is_not_listed_is_neither_written_nor_made()
    {
        Assert.Throws<InvalidOperationException>(() => StoredNames.TypeOf("System.Diagnostics.Process, System.Diagnostics.Process"));
        Assert.Throws<InvalidOperationException>(() => StoredNames.NameOf(typeof(System.Diagnostics.Process)));
        StoredNames.Use(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.Equal("ticket", TypeHelper.CurrentTypeSerializer(typeof(TicketWork)));
    }

    [PostgresFact]
    public async Task A_lock_that_a_killed_process_left_holds_a_ticket_up_for_seconds_and_not_for_minutes()
    {
        var runner = new CallbackRunner();
        var node = _harness.Node(runner);
        await node.EnqueueAsync("tk_1");
        var row = await fixture.Cluster.RunAsync(_database, $"SELECT max(id) FROM {Schema}.job");
        await fixture.Cluster.RunAsync(_database, $"INSERT INTO {Schema}.lock(resource, acquired) VALUES('{Schema}:job:{row}:state-lock', now())");
        var begun = TimeProvider.System.GetTimestamp();
        await node.StartAsync();

        await runner.Runs.WaitForAsync(1);

        var held = TimeProvider.System.GetElapsedTime(begun);
        Assert.InRange(held, HangfireHarness.Times.Lock - TimeSpan.FromSeconds(1), HangfireHarness.Times.Lock + TimeSpan.FromSeconds(8));
    }

    [PostgresFact]
    [Trait("Row", "J-17")]
    public async Task A_run_that_goes_on_after_the_order_to_stop_keeps_its_ticket_although_hangfire_gives_it_to_another_node()
    {
        var release = new Signal("the release of the run");
        var stopping = await _harness.TicketNodeAsync(async _ =>
        {
            await release.Task;
            return null;
        });
        var other = await _harness.TicketNodeAsync(_ => Task.FromResult<TimeSpan?>(null));
        await stopping.Tickets.AddAsync(new JobTicket { Id = "tk_1", EventId = "us_evt_1", HandlerId = "h", Lane = "l", JobId = "us_jb_1", Event = "{}"u8.ToArray() }, CancellationToken.None);
        await stopping.StartAsync();
        await stopping.EnqueueAsync("tk_1");
        await stopping.Claiming.Claims.WaitForAsync(1);

        // From here on Hangfire gets no sign of life for the row, and offers it to the other node.
        await stopping.PauseAsync();
        await other.StartAsync();
        await Signal.UntilAsync(() => Task.FromResult(!other.Claiming.Refusals.IsEmpty), "the other node to be given the ticket");
        release.Set();
        await Signal.UntilAsync(async () => (await other.Tickets.FindAsync("tk_1", CancellationToken.None))!.State == TicketState.Completed, "the ticket to end");

        Assert.Equal(ClaimAnswer.Running, other.Claiming.Refusals.First());
        Assert.Empty(other.Claiming.Claims.Items);
    }

    [Fact]
    public void A_sign_of_life_outlasts_the_grace_time_of_a_stop()
    {
        var options = new Flatfile.Agent.Core.Startup.AgentOptions { ShutdownGrace = TimeSpan.FromSeconds(20) };

        var invisibility = HangfireTimes.For(options).Invisibility;

        Assert.True(invisibility - (2 * invisibility / 5) >= options.ShutdownGrace + TimeSpan.FromSeconds(10));
    }

    private async Task PutAsync(string invocation, string arguments)
    {
        var id = await fixture.Cluster.RunAsync(
            _database,
            $"""
            WITH row AS (INSERT INTO {Schema}.job(statename, invocationdata, arguments, createdat) VALUES('Enqueued', '{invocation}', '{arguments}', now()) RETURNING id)
            SELECT id FROM row
            """);
        var state = await fixture.Cluster.RunAsync(
            _database,
            "WITH row AS (INSERT INTO " + Schema + $".state(jobid, name, createdat, data) VALUES({id}, 'Enqueued', now(), " + """'{"Queue":"fresh","EnqueuedAt":"2026-01-01T00:00:00Z"}'""" + ") RETURNING id) SELECT id FROM row");
        await fixture.Cluster.RunAsync(_database, $"UPDATE {Schema}.job SET stateid = {state} WHERE id = {id}");
        await fixture.Cluster.RunAsync(_database, $"INSERT INTO {Schema}.jobqueue(jobid, queue) VALUES({id}, 'fresh')");
    }

    private async Task<long> CountAsync(string sql) => (long)(await fixture.Cluster.RunAsync(_database, sql))!;

    /// <summary>The text of every row of every table.</summary>
    private async Task<string> EverythingAsync()
    {
        var all = new System.Text.StringBuilder();
        await using var connection = new NpgsqlConnection(fixture.Cluster.ConnectionString(_database) + ";Pooling=false");
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var names = new NpgsqlCommand($"SELECT table_name FROM information_schema.tables WHERE table_schema = '{Schema}'", connection))
        await using (var reader = await names.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        foreach (var table in tables)
        {
            await using var rows = new NpgsqlCommand($"SELECT coalesce(string_agg(t::text, ' '), '') FROM {Schema}.\"{table}\" t", connection);
            all.AppendLine((string)(await rows.ExecuteScalarAsync())!);
        }

        return all.ToString();
    }
}
