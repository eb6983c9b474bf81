using Contracts.Support;
using Flatfile.Agent;

namespace Contracts.Drivers;

/// <summary>An event given up does not come back by itself; where the source keeps it, its reason is kept too.</summary>
public abstract partial class EventDriverContract
{
    [ContractFact]
    public async Task A_dead_lettered_event_does_not_come_back()
    {
        var given = new Signal("the event to be dead-lettered");
        await using (await RunAsync(async (delivery, token) =>
        {
            await delivery.DeadLetterAsync("no good", token);
            given.Set();
        }))
        {
            await _harness.PublishAsync("us_evt_1", "a");
            await given.WaitAsync();
        }

        await using var again = await RunAsync(CompleteAsync);
        await _harness.PublishAsync("us_evt_2", "a");
        var all = await _received.WaitForAsync(2);

        Assert.Equal("us_evt_2", all[1].Id);
    }

    [ContractFact]
    public async Task A_dead_letter_is_kept_by_its_source_with_the_reason_and_can_be_resubmitted()
    {
        const string Reason = "The event has no 'context': nothing can be bound.";
        await using var running = await RunAsync((delivery, token) =>
            delivery.DeliveryCount == 1 && _received.Items.Count == 1 ? delivery.DeadLetterAsync(Reason, token) : CompleteAsync(delivery, token));
        await _harness.PublishAsync("us_evt_1", "a");
        await _received.WaitForAsync(1);
        var kept = _harness.DeadLettersOf(running.Driver);
        Assert.Equal(_harness.HasDeadLetters, kept is not null);
        if (kept is null)
        {
            // The agent's own dead letters are the only place then: nothing may pretend to be another.
            Assert.False(running.Driver is IBusDeadLetters);
            return;
        }

        IReadOnlyList<BusDeadLetter> letters = [];
        await Signal.UntilAsync(async () => (letters = await kept.PeekAsync(10, CancellationToken.None)).Count > 0, "the dead letter");
        var letter = Assert.Single(letters);
        Assert.Equal(running.Driver.Name, kept.Name);
        Assert.Contains(Reason, letter.Reason, StringComparison.Ordinal);
        Assert.Equal("us_evt_1", FlatfileEvent.Parse(letter.Body).Id);

        Assert.Equal(0, await kept.ResubmitAsync(["nobody"], CancellationToken.None));
        Assert.Equal(1, await kept.ResubmitAsync([letter.MessageId], CancellationToken.None));
        await _completed.WaitForAsync(1);
        await Signal.UntilAsync(async () => (await kept.PeekAsync(10, CancellationToken.None)).Count == 0, "the dead letter to be gone");
    }
}
