using System.Globalization;
using Contracts.Jobs;
using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Jobs.Quartz.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Jobs.Quartz.Tests;

/// <summary>What stands in Quartz's tables, and what it makes of what is wrong in them.</summary>
public sealed class StoredTests : IAsyncLifetime
{
    private readonly SqliteHarness _harness = new();

    private string Path => System.IO.Path.Combine(_harness.Folder, "quartz.db");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _harness.DisposeAsync();

    [Fact]
    public async Task A_damaged_file_is_put_aside_and_the_engine_runs()
    {
        await File.WriteAllBytesAsync(Path, [.. Enumerable.Range(0, 9_000).Select(i => (byte)(i * 7))]);
        var runner = new CallbackRunner();
        var node = _harness.Node(runner);
        await node.StartAsync();
        await node.EnqueueAsync("tk_1");

        Assert.Equal(["tk_1"], await runner.Runs.WaitForAsync(1));
        Assert.True(File.Exists(Path + ".damaged"));
    }

    [Fact]
    public async Task No_type_of_ours_or_of_the_runtime_is_named_anywhere()
    {
        var node = _harness.Node(new CallbackRunner((_, token) => Task.Delay(Timeout.Infinite, token)), new FiredWork());
        await node.StartAsync();
        await node.Engine.SetRecurringAsync([new("often", "* * * * * *", "UTC", Paused: false)], CancellationToken.None);
        await node.Engine.EnqueueAsync(new EngineTicket("tk_1") { HandlerId = "plugin/handler", JobId = "us_jb_1" }, CancellationToken.None);
        await Signal.UntilAsync(async () => (await node.ListAsync()).Any(e => e.IsRunning), "the run to begin");
        await node.EnqueueAsync("tk_2", TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));

        // Recovery writes rows of its own.
        await node.DisposeAsync();
        var all = Everything();

        Assert.Contains("tk_1", all, StringComparison.Ordinal);
        Assert.Contains("tk_2", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Flatfile.", all, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", all, StringComparison.Ordinal);
        Assert.DoesNotContain("$type", all, StringComparison.Ordinal);
        Assert.DoesNotContain("PublicKeyToken", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_names_a_program_still_runs_our_own_job_and_the_next_start_sets_it_right()
    {
        var first = _harness.Node(new CallbackRunner());
        await first.EnqueueAsync("tk_1");
        await first.DisposeAsync();
        Run("UPDATE QRTZ_JOB_DETAILS SET JOB_CLASS_NAME = 'System.Diagnostics.Process, System.Diagnostics.Process'");

        var runner = new CallbackRunner();
        var node = _harness.Node(runner);
        await node.StartAsync();

        Assert.Equal(["tk_1"], await runner.Runs.WaitForAsync(1));
        Assert.DoesNotContain("System.Diagnostics", Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trigger_that_was_put_aside_is_fired_after_the_next_start()
    {
        var first = _harness.Node(new CallbackRunner());
        await first.EnqueueAsync("tk_1");
        Assert.Single(await first.ListAsync());
        await first.DisposeAsync();
        Run("UPDATE QRTZ_TRIGGERS SET TRIGGER_STATE = 'ERROR'");

        var runner = new CallbackRunner();
        var node = _harness.Node(runner);

        // It will not be fired as it stands, so that it must not count as waiting.
        Assert.Empty(await node.ListAsync());
        await node.StartAsync();

        Assert.Equal(["tk_1"], await runner.Runs.WaitForAsync(1));
    }

    [Fact]
    public async Task A_job_that_cannot_be_made_stops_no_ticket_for_ever()
    {
        var runner = new CallbackRunner();
        var node = _harness.Node(runner);
        await node.StartAsync();
        Run("UPDATE QRTZ_JOB_DETAILS SET JOB_CLASS_NAME = 'Nobody.Knows, Nobody'");
        await node.EnqueueAsync("tk_1");
        await Signal.UntilAsync(
            () => Task.FromResult(runner.Runs.Items.Count > 0 || Everything().Contains("ERROR", StringComparison.Ordinal)), "the ticket to be run or put aside");
        Run("UPDATE QRTZ_JOB_DETAILS SET JOB_CLASS_NAME = 'ticket' WHERE JOB_NAME = 'ticket'");

        Assert.Equal("tk_1", (await runner.Runs.WaitForAsync(1))[0]);
    }

    [Fact]
    public async Task Tickets_an_hour_late_are_run_once_each_in_their_order()
    {
        var names = Enumerable.Range(0, 8).Select(i => $"tk_{i}").ToList();
        var first = _harness.Node(new CallbackRunner());
        foreach (var name in names)
        {
            await first.EnqueueAsync(name);
        }

        await first.DisposeAsync();
        Run(string.Create(CultureInfo.InvariantCulture, $"UPDATE QRTZ_TRIGGERS SET NEXT_FIRE_TIME = NEXT_FIRE_TIME - {TimeSpan.FromHours(1).Ticks}"));

        var runner = new CallbackRunner();
        var node = _harness.Node(runner);
        await node.StartAsync();
        await runner.Runs.WaitForAsync(names.Count);
        await Signal.UntilAsync(async () => (await node.ListAsync()).Count == 0, "all to be run");

        Assert.Equal(names, runner.Runs.Items.Order(StringComparer.Ordinal));
        Assert.Contains(runner.Runs.Items[0], names.Take(JobEngineHarness.MaxConcurrentJobs));
    }

    [Fact]
    public async Task A_node_on_a_file_always_has_the_same_name_so_that_it_takes_up_what_it_left()
    {
        for (var i = 0; i < 2; i++)
        {
            var runner = new CallbackRunner((_, token) => Task.Delay(Timeout.Infinite, token));
            var node = _harness.Node(runner);
            await node.StartAsync();
            await node.EnqueueAsync($"tk_{i}");
            await runner.Runs.WaitForAsync(1 + i);
            Assert.Equal("agent", Text("SELECT group_concat(DISTINCT SCHED_NAME) FROM QRTZ_TRIGGERS"));
            Assert.Equal("NON_CLUSTERED", Text("SELECT group_concat(DISTINCT INSTANCE_NAME) FROM QRTZ_FIRED_TRIGGERS"));
            await node.DisposeAsync();
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false, DefaultTimeout = 10 }.ToString());
        connection.Open();
        return connection;
    }

    private void Run(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    private string Text(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string ?? string.Empty;
    }

    /// <summary>Every value of every table, bytes read as text.</summary>
    private string Everything()
    {
        using var connection = Open();
        var all = new System.Text.StringBuilder();
        foreach (var table in Text("SELECT group_concat(name) FROM sqlite_master WHERE type = 'table'").Split(','))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    all.Append(reader.GetValue(i) is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)).Append(' ');
                }
            }
        }

        return all.ToString();
    }
}
