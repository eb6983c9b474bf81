using Contracts.Support;
using Flatfile.Agent;

namespace Contracts.Drivers;

/// <summary>A source that goes away is waited for; nothing is lost and nothing goes unseen.</summary>
public abstract partial class EventDriverContract
{
    private static readonly TimeSpan ResumesWithin = TimeSpan.FromSeconds(10);

    /// <summary>A client library whose connection breaks while it is being opened may notice that only at its own limit of time, each time anew; locks add theirs.</summary>
    private static readonly TimeSpan SettlesAfterFlapping = TimeSpan.FromSeconds(45);

    /// <summary>Longer than any source of these tests keeps an event locked that was not settled.</summary>
    private static readonly TimeSpan ComesAgainWithin = TimeSpan.FromSeconds(15);

    [ContractFact]
    [Trait("Row", "E-20")]
    public async Task A_source_that_is_away_at_the_start_is_waited_for()
    {
        await using (await RunAsync(CompleteAsync))
        {
        }

        await _harness.PublishAsync("us_evt_1", "a");
        await _harness.BreakAsync();
        await using var running = await RunAsync(CompleteAsync);
        await Signal.WaitAsync(_harness.WhenRefusedAsync(), "the driver to meet the broken source");
        Assert.False(running.HasEnded);
        Assert.Empty(_received.Items);

        await _harness.HealAsync();
        var healed = TimeProvider.System.GetTimestamp();
        await _completed.WaitForAsync(1);

        Assert.True(TimeProvider.System.GetElapsedTime(healed) < ResumesWithin);
    }

    [ContractFact]
    [Trait("Row", "E-20")]
    [Trait("Row", "E-21")]
    public async Task A_source_that_goes_away_with_events_in_hand_loses_none()
    {
        const int InHand = EventDriverHarness.MaxInFlight / 2;
        var release = new Signal("the release of the held events");
        await using (var running = await RunAsync(async (delivery, token) =>
        {
            await release.Task;
            await CompleteAsync(delivery, token);
        }))
        {
            await _harness.PublishAsync([.. Enumerable.Range(0, InHand).Select(i => ($"us_evt_{i:00}", $"key{i}"))]);
            await _received.WaitForAsync(InHand);
            await _harness.BreakAsync();
            // A driver may wait for what is in hand before it asks the source again.
            release.Set();
            await Signal.WaitAsync(_harness.WhenRefusedAsync(), "the driver to meet the broken source");
            await _harness.HealAsync();
            await _harness.PublishAsync([.. Enumerable.Range(InHand, 10).Select(i => ($"us_evt_{i:00}", $"key{i % 3}"))]);
            await CompletedAsync(InHand + 10);
            Assert.False(running.HasEnded);
        }

        await AssertNothingIsLeftAsync();
    }

    [ContractFact]
    [Trait("Row", "E-20")]
    public async Task A_source_that_flaps_loses_none()
    {
        const int Rounds = 3;
        await using (var running = await RunAsync(CompleteAsync))
        {
            for (var round = 0; round < Rounds; round++)
            {
                await _harness.PublishAsync([.. Enumerable.Range(10 * round, 10).Select(i => ($"us_evt_{i:00}", $"key{i % 3}"))]);
                await _harness.BreakAsync();
                await Signal.WaitAsync(_harness.WhenRefusedAsync(), "the driver to meet the broken source");
                await _harness.HealAsync();
            }

            await HandledAsync(10 * Rounds);
            Assert.False(running.HasEnded);
        }

        await AssertNothingIsLeftAsync();
    }

    [ContractFact]
    [Trait("Row", "E-07")]
    public async Task A_settlement_the_source_does_not_get_loses_nothing_and_no_exception_goes_unseen()
    {
        using var faults = new UnobservedFaults();
        var broken = new Signal("the source to be broken");
        await using (await RunAsync(async (delivery, token) =>
        {
            if (!broken.IsSet)
            {
                await _harness.BreakAsync();
                broken.Set();
            }

            await CompleteAsync(delivery, token);
        }))
        {
            await _harness.PublishAsync("us_evt_1", "a");
            await broken.WaitAsync();
            await Signal.WaitAsync(_harness.WhenRefusedAsync(), "the driver to meet the broken source");
            await _harness.HealAsync();
            await _harness.PublishAsync("us_evt_2", "b");
            await Signal.UntilAsync(() => Task.FromResult(_completed.Items.Contains("us_evt_2")), "the event after the outage");
            if (_harness.SettlesAtSource)
            {
                // Or its settlement reached the source after all: a client library may try again when the source is back.
                await Signal.UntilAsync(
                    () => Task.FromResult(_received.Items.Count(r => r.Id == "us_evt_1") > 1 || _completed.Items.Contains("us_evt_1")), "the unsettled event to come again");
            }

            await CompletedAsync(2);
        }

        await AssertNothingIsLeftAsync();
        Assert.DoesNotContain(faults.Collect(), MayBeOfADriver);
    }

    /// <summary>Tests beside this one, in the same process, let agents die on purpose: what came from code of ours outside the drivers is theirs.</summary>
    private static bool MayBeOfADriver(Exception fault) =>
        fault.ToString() is var text && (text.Contains(".Drivers.", StringComparison.Ordinal) || !text.Contains("Flatfile.", StringComparison.Ordinal));

    /// <summary>Waits until so many different events are completed.</summary>
    private Task CompletedAsync(int count) =>
        Signal.UntilAsync(() => Task.FromResult(_completed.Items.Distinct().Count() >= count), $"{count} completed events");

    /// <summary>
    /// Waits until so many different events came and each is completed. When the connection breaks behind a settlement and before its answer, the source
    /// has taken it and the driver cannot know: such an event need not come again.
    /// </summary>
    private async Task HandledAsync(int count)
    {
        await Signal.UntilAsync(() => Task.FromResult(_received.Items.DistinctBy(r => r.Id).Count() >= count), $"{count} events", SettlesAfterFlapping);
        var all = TimeProvider.System.GetTimestamp();
        await Signal.UntilAsync(
            () =>
            {
                var open = _received.Items.Select(r => r.Id).Except(_completed.Items);
                var taken = TimeProvider.System.GetElapsedTime(all) > ComesAgainWithin ? _unanswered.Items : [];
                return Task.FromResult(!open.Except(taken).Any());
            },
            $"{count} completed events",
            SettlesAfterFlapping);
    }

    /// <summary>A next driver gets a fresh event and none of the completed ones.</summary>
    private async Task AssertNothingIsLeftAsync()
    {
        var before = _received.Items.Count;
        await using var again = await RunAsync(CompleteAsync);
        await _harness.PublishAsync([.. Enumerable.Range(0, 8).Select(i => ($"us_evt_last_{i}", $"key{i}"))]);
        await Signal.UntilAsync(() => Task.FromResult(_completed.Items.Count(id => id.StartsWith("us_evt_last_", StringComparison.Ordinal)) >= 8), "the last events");

        Assert.All(_received.Items.Skip(before), r => Assert.StartsWith("us_evt_last_", r.Id, StringComparison.Ordinal));
    }
}
