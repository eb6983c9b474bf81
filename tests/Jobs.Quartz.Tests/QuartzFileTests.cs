using Contracts.Jobs;
using Microsoft.Data.Sqlite;

namespace Jobs.Quartz.Tests;

public sealed class QuartzFileTests
{
    [Fact]
    public async Task A_damaged_file_is_put_aside_and_the_engine_runs()
    {
        await using var harness = new QuartzHarness();
        var path = Path.Combine(harness.Folder, "quartz.db");
        await File.WriteAllBytesAsync(path, [.. Enumerable.Range(0, 9_000).Select(i => (byte)(i * 7))]);
        var runner = new CallbackRunner();
        var engine = await harness.CreateEngineAsync(runner);
        await engine.StartAsync(CancellationToken.None);
        await engine.EnqueueAsync("tk_1", null, CancellationToken.None);

        Assert.Equal(["tk_1"], await runner.Runs.WaitForAsync(1));
        Assert.True(File.Exists(path + ".damaged"));
        await engine.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Only_our_own_job_and_ticket_ids_are_stored()
    {
        await using var harness = new QuartzHarness();
        var engine = await harness.CreateEngineAsync(new CallbackRunner());
        await engine.EnqueueAsync("tk_1", null, CancellationToken.None);

        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(harness.Folder, "quartz.db") }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(JOB_CLASS_NAME) FROM QRTZ_JOB_DETAILS";
        var types = (string)(await command.ExecuteScalarAsync())!;

        Assert.Equal("ticket", types);
    }
}
