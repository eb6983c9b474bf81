using Contracts.Support;
using Flatfile.Agent.Core.Dispatch;

namespace Core.Tests.Dispatch;

public sealed class LanesTests
{
    [Fact]
    public async Task Work_of_one_lane_runs_in_order_and_one_at_a_time()
    {
        using var lanes = new Lanes(8);
        var order = new List<int>();
        var inHand = 0;
        var work = Enumerable.Range(0, 50).Select(i => lanes.RunAsync("a", async _ =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inHand));
            await Task.Yield();
            order.Add(i);
            Interlocked.Decrement(ref inHand);
        }, CancellationToken.None)).ToList();
        await Signal.WaitAsync(Task.WhenAll(work), "the lane to end");

        Assert.Equal(Enumerable.Range(0, 50), order);
    }

    [Fact]
    public async Task Lanes_run_beside_each_other_up_to_the_limit()
    {
        using var lanes = new Lanes(3);
        var release = new Signal("the release");
        var full = new Signal("three lanes to run");
        var inHand = 0;
        var most = 0;
        var work = Enumerable.Range(0, 6).Select(i => lanes.RunAsync($"lane{i}", async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inHand));
            if (most == 3)
            {
                full.Set();
            }

            await release.Task;
            Interlocked.Decrement(ref inHand);
        }, CancellationToken.None)).ToList();
        await full.WaitAsync();
        release.Set();
        await Signal.WaitAsync(Task.WhenAll(work), "the lanes to end");

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task A_slot_given_back_lets_another_lane_run_but_not_the_next_of_the_same()
    {
        using var lanes = new Lanes(1);
        var release = new Signal("the release");
        var other = new Signal("the other lane to run");
        var next = new Signal("the next of the lane to run");
        var first = lanes.RunAsync("a", async slot =>
        {
            slot.Release();
            await release.Task;
            await slot.TakeAsync(CancellationToken.None);
        }, CancellationToken.None);
        var second = lanes.RunAsync("a", _ =>
        {
            next.Set();
            return Task.CompletedTask;
        }, CancellationToken.None);
        var third = lanes.RunAsync("b", _ =>
        {
            other.Set();
            return Task.CompletedTask;
        }, CancellationToken.None);
        await other.WaitAsync();
        Assert.False(next.IsSet);
        release.Set();
        await Signal.WaitAsync(Task.WhenAll(first, second, third), "all to end");

        Assert.True(next.IsSet);
    }

    [Fact]
    public async Task Work_that_throws_frees_its_lane()
    {
        using var lanes = new Lanes(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => lanes.RunAsync("a", _ => throw new InvalidOperationException(), CancellationToken.None));
        await Signal.WaitAsync(lanes.RunAsync("a", _ => Task.CompletedTask, CancellationToken.None), "the lane to be free");

        Assert.Equal(0, lanes.Count);
    }

    [Fact]
    public async Task Work_that_waits_when_the_stop_comes_is_not_begun()
    {
        using var lanes = new Lanes(1);
        using var stop = new CancellationTokenSource();
        var release = new Signal("the release");
        var begun = false;
        var first = lanes.RunAsync("a", _ => release.Task, CancellationToken.None);
        var second = lanes.RunAsync("a", _ =>
        {
            begun = true;
            return Task.CompletedTask;
        }, stop.Token);
        await stop.CancelAsync();
        release.Set();
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        Assert.False(begun);
        Assert.Equal(0, lanes.Count);
    }
}
