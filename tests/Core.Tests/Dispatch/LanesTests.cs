using Contracts.Support;
using Flatfile.Agent.Core.Dispatch;

namespace Core.Tests.Dispatch;

public sealed class LanesTests
{
    private readonly Lanes _lanes = new();

    [Fact]
    public async Task Work_of_one_lane_runs_in_order_and_one_at_a_time()
    {
        var order = new List<int>();
        var inHand = 0;
        var work = Enumerable.Range(0, 50).Select(i => _lanes.Join("a").RunAsync(async () =>
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
    public async Task The_order_is_that_of_joining_not_of_running()
    {
        var order = new List<string>();
        var first = _lanes.Join("a");
        var second = _lanes.Join("a");
        var late = second.RunAsync(() => AddAsync("second"), CancellationToken.None);
        var early = first.RunAsync(() => AddAsync("first"), CancellationToken.None);
        await Signal.WaitAsync(Task.WhenAll(late, early), "both to end");

        Assert.Equal(["first", "second"], order);

        Task AddAsync(string what)
        {
            order.Add(what);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Lanes_do_not_wait_for_each_other()
    {
        var release = new Signal("the release");
        var held = _lanes.Join("a").RunAsync(() => release.Task, CancellationToken.None);
        await Signal.WaitAsync(_lanes.Join("b").RunAsync(() => Task.CompletedTask, CancellationToken.None), "the other lane");
        release.Set();
        await held;
    }

    [Fact]
    public async Task Work_that_throws_frees_its_lane()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _lanes.Join("a").RunAsync(() => throw new InvalidOperationException(), CancellationToken.None));
        await Signal.WaitAsync(_lanes.Join("a").RunAsync(() => Task.CompletedTask, CancellationToken.None), "the lane to be free");

        Assert.Equal(0, _lanes.Count);
    }

    [Fact]
    public async Task Work_that_waits_when_the_stop_comes_is_not_begun()
    {
        using var stop = new CancellationTokenSource();
        var release = new Signal("the release");
        var begun = false;
        var first = _lanes.Join("a").RunAsync(() => release.Task, CancellationToken.None);
        var second = _lanes.Join("a").RunAsync(() =>
        {
            begun = true;
            return Task.CompletedTask;
        }, stop.Token);
        await stop.CancelAsync();
        release.Set();
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        Assert.False(begun);
        Assert.Equal(0, _lanes.Count);
    }
}
