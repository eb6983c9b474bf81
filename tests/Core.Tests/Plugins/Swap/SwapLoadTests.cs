using System.Runtime.CompilerServices;
using Contracts.Support;
using Core.Tests.Support;
using Flatfile.Agent.Core.Plugins.Swap;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Plugins.Swap;

/// <summary>Swaps while events stream: nothing lost, nothing doubled, the memory back.</summary>
[Collection(Alone.Name)]
public sealed class SwapLoadTests : IAsyncLifetime
{
    private SwapWorld _world = null!;

    public async Task InitializeAsync() => _world = await SwapWorld.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData(10_000, 5)]
    public async Task Every_event_of_a_stream_is_handled_once_by_one_version_and_old_code_leaves_the_memory(int events, int swaps)
    {
        _world.Settings["size"] = "20";
        _world.Install(1);
        await using var process = await _world.StartAsync();
        var afterUnload = new List<long>();
        var published = 0;
        for (var swap = 0; swap <= swaps; swap++)
        {
            var until = events * (swap + 1) / (swaps + 1);
            var before = SwapWorld.Report(process).Content;
            if (swap > 0)
            {
                _world.Install(1 + (swap % 2));
            }

            // Events come while the new version is taken in, and until it is in force.
            while (published < until || (swap > 0 && SwapWorld.Report(process).Content == before))
            {
                _world.World.PublishEvent($"us_evt_{published}", $"us_sp_{published % 10}");
                published++;
                await Task.Yield();
                if (published >= until)
                {
                    await Task.Delay(5);
                }
            }

            await _world.HandledAsync(published);
            await Signal.UntilAsync(() => Task.FromResult(Disposed() == swap), "the services of the old version to be disposed");
            await Signal.WaitAsync(process.Get<PluginSwaps>().Drain.WhenDone(), "the old version to be gone");
            if (swap > 0)
            {
                Assert.Equal(0, SwapWorld.Report(process).Unloading);
                afterUnload.Add(Memory());
            }
        }

        var handled = _world.Handled.Select(t => t.Split(": ")).ToList();
        Assert.Equal(published, handled.Count);
        Assert.Equal(published, handled.Select(h => h[1]).Distinct().Count());
        Assert.Equal(["hello from 1", "hello from 2"], handled.Select(h => h[0]).Distinct().Order());
        Assert.Empty(await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None));
        Assert.Equal(swaps, Disposed());

        // What the test itself remembers of the events grows; twenty megabytes of a version that stayed would be far more than a tenth.
        Assert.True(
            afterUnload[^1] < afterUnload[0] * 1.1,
            $"{afterUnload[0]:N0} bytes after the first unload, {afterUnload[^1]:N0} after the last.");
    }

    private int Disposed() => _world.Told.Items.Count(t => t.StartsWith("disposed", StringComparison.Ordinal));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);
}
