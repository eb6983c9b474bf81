using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Rules;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>
/// Divides the handlers by lane and waits in each lane for the event's turn. Handlers of one lane go on together and in order; lanes go on
/// beside each other, and the event is settled when the last of them is done. Without handlers there is nothing to wait for.
/// </summary>
internal sealed class LaneStep(Lanes lanes, DispatchRules rules, ShutdownSignals signals) : IEventStep
{
    public string Name => "Lane";

    public Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        if (receipt.Bindings.Count == 0)
        {
            return next(receipt, cancellationToken);
        }

        // Every place is taken before anything is awaited: the order in which a driver hands over is the order of each lane.
        var byLane = ByLane(receipt);
        if (byLane.Count == 1 && byLane[0].Lane == receipt.Lane)
        {
            return lanes.Join(receipt.Lane).RunAsync(() => next(receipt, cancellationToken), signals.Stopping);
        }

        var places = byLane.Select(l => lanes.Join(l.Lane)).ToList();
        var parts = receipt.Divide(byLane);
        return Task.WhenAll(parts.Zip(places, (part, place) => place.RunAsync(() => next(part, cancellationToken), signals.Stopping)));
    }

    private List<(string Lane, IReadOnlyList<HandlerBinding> Bindings)> ByLane(EventReceipt receipt)
    {
        var first = LaneOf(receipt, receipt.Bindings[0]);
        if (receipt.Bindings.All(b => LaneOf(receipt, b) == first))
        {
            return [(first, receipt.Bindings)];
        }

        return [.. receipt.Bindings.GroupBy(b => LaneOf(receipt, b)).Select(g => (g.Key, (IReadOnlyList<HandlerBinding>)[.. g]))];
    }

    private string LaneOf(EventReceipt receipt, HandlerBinding binding) => rules.Of(binding).LaneOf(binding, receipt.Event);
}
