namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Waits for the event's turn among those of its space, and for a place among all. Without handlers there is nothing to wait for.</summary>
internal sealed class LaneStep(Lanes lanes, ShutdownSignals signals) : IEventStep
{
    public string Name => "Lane";

    public Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        if (receipt.Bindings.Count == 0)
        {
            return next(receipt, cancellationToken);
        }

        return lanes.RunAsync(
            receipt.Lane,
            slot =>
            {
                receipt.Slot = slot;
                return next(receipt, cancellationToken);
            },
            signals.Stopping);
    }
}
