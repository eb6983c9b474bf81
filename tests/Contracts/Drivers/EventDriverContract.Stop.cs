using Contracts.Support;
using Flatfile.Agent;

namespace Contracts.Drivers;

/// <summary>A stop lets the events in hand finish and loses none.</summary>
public abstract partial class EventDriverContract
{
    [ContractFact]
    public async Task Stopping_waits_for_the_events_in_hand()
    {
        var release = new Signal("the release of the held event");
        var done = false;
        var running = await RunAsync(async (delivery, token) =>
        {
            await release.Task;
            done = true;
            await delivery.CompleteAsync(CancellationToken.None);
        });
        await _harness.PublishAsync("us_evt_1", "a");
        await _received.WaitForAsync(1);

        var stopping = running.DisposeAsync().AsTask();
        Assert.NotSame(stopping, await Task.WhenAny(stopping, Task.Delay(300)));
        release.Set();
        await Signal.WaitAsync(stopping, "the driver to stop");

        Assert.True(done);
    }

    [ContractFact]
    [Trait("Row", "E-06")]
    public async Task An_event_not_settled_before_the_stop_comes_back_after_the_restart()
    {
        await using (await RunAsync((delivery, token) => IdOf(delivery) == "us_evt_1" ? Task.Delay(Timeout.Infinite, token) : delivery.CompleteAsync(token)))
        {
            await _harness.PublishAsync("us_evt_1", "a");
            await _harness.PublishAsync("us_evt_2", "b");
            await _received.WaitForAsync(2);
        }

        await using var again = await RunAsync(CompleteAsync);
        await _harness.PublishAsync("us_evt_3", "c");
        var all = await _received.WaitForAsync(4);

        Assert.Contains("us_evt_1", all.Skip(2).Select(r => r.Id));
    }

    [ContractFact]
    public async Task Nothing_new_is_handed_over_once_the_driver_is_to_stop()
    {
        var release = new Signal("the release of the held event");
        var running = await RunAsync(async (delivery, token) =>
        {
            await release.Task;
            await CompleteAsync(delivery, CancellationToken.None);
        });
        await _harness.PublishAsync("us_evt_1", "a");
        await _received.WaitForAsync(1);

        var stopping = running.DisposeAsync().AsTask();
        var publishing = _harness.PublishAsync("us_evt_2", "a");
        release.Set();
        await Signal.WaitAsync(stopping, "the driver to stop");
        Assert.Equal(["us_evt_1"], _received.Items.Select(r => r.Id));

        await using var again = await RunAsync(CompleteAsync);
        await publishing;
        Assert.Equal("us_evt_2", (await _received.WaitForAsync(2))[1].Id);
    }

    [ContractFact]
    public async Task Stopping_while_the_source_is_away_does_not_wait_for_it()
    {
        var running = await RunAsync(CompleteAsync);
        await _harness.PublishAsync("us_evt_1", "a");
        await _completed.WaitForAsync(1);
        await _harness.BreakAsync();
        await Signal.WaitAsync(_harness.WhenRefusedAsync(), "the driver to meet the broken source");

        await running.DisposeAsync();

        Assert.True(running.HasEnded);
    }
}
