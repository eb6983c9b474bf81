using System.Data.Common;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Jobs;

/// <summary>A handler that blocks every thread of the pool, or takes every processor, takes nothing from the others but its own time.</summary>
[Collection(Alone.Name)]
public sealed class StarvedPoolTests : JobTestBase
{
    [Fact]
    [Trait("Row", "F-20")]
    public async Task A_job_keeps_its_lease_while_code_of_a_plugin_blocks_all_threads_of_the_pool()
    {
        using var release = new ManualResetEventSlim();
        OnJob((_, _) =>
        {
            // Far more than the pool has; it would add one or two a second by itself.
            for (var i = 0; i < 300; i++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => release.Wait(), null);
            }

            release.Wait(CancellationToken.None);
            return Task.FromResult(new JobResult("done"));
        });
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o => o.Jobs.Lease = TimeSpan.FromSeconds(4));
        var late = new Watcher(process.Get<AgentDatabase>(), TimeSpan.FromSeconds(8), release);

        await late.Ended.WaitAsync();
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.True(late.Looks > 10);
        Assert.Equal(0, late.Lapsed);
        Assert.Equal("done", job.Outcome!["message"]!.GetValue<string>());
        Assert.Equal([1], Runs.Items);
    }

    [Fact]
    [Trait("Row", "F-19")]
    public async Task A_job_keeps_its_lease_while_others_take_all_processors()
    {
        using var release = new ManualResetEventSlim();
        var ended = new Signal("the burners to be told");
        OnJob(async (_, token) =>
        {
            for (var i = 0; i < 4 * Environment.ProcessorCount; i++)
            {
                new Thread(() =>
                {
                    while (!release.IsSet)
                    {
                        Thread.SpinWait(1_000);
                    }
                }) { IsBackground = true }.Start();
            }

            await ended.Task.WaitAsync(token);
            return new JobResult("done");
        });
        var job = World.PublishJob();
        await using var process = await AgentProcess.StartAsync(World, configure: o => o.Jobs.Lease = TimeSpan.FromSeconds(4));
        var late = new Watcher(process.Get<AgentDatabase>(), TimeSpan.FromSeconds(10), release);

        await late.Ended.WaitAsync();
        ended.Set();
        await World.Flatfile.Ended.WaitForAsync(1);

        Assert.True(late.Looks > 10);
        Assert.Equal(0, late.Lapsed);
        Assert.Equal("done", job.Outcome!["message"]!.GetValue<string>());
        Assert.Equal([1], Runs.Items);
    }

    /// <summary>Looks at the lease from a thread of its own, as there is no other; then lets the pool go.</summary>
    private sealed class Watcher
    {
        private readonly AgentDatabase _database;
        private readonly TimeSpan _time;
        private readonly ManualResetEventSlim _release;

        public Watcher(AgentDatabase database, TimeSpan time, ManualResetEventSlim release)
        {
            _database = database;
            _time = time;
            _release = release;
            new Thread(Look) { IsBackground = true }.Start();
        }

        public Signal Ended { get; } = new("the end of the starvation");

        public int Looks { get; private set; }

        public int Lapsed { get; private set; }

        private void Look()
        {
            using var pause = new ManualResetEventSlim();
            var begun = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(begun) < _time)
            {
                pause.Wait(100);
                _ = _database.ReadAsync(Count, CancellationToken.None);
            }

            _release.Set();
            Ended.Set();
        }

        private bool Count(DbConnection connection)
        {
            foreach (var until in connection.Query("SELECT lease_until FROM tickets WHERE state = 1", r => r.GetInt64(0)))
            {
                Looks++;
                Lapsed += until < TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() ? 1 : 0;
            }

            return true;
        }
    }
}
