using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Seen;
using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Finds the handlers bound to the event.</summary>
internal sealed class BindStep(HandlerCatalogSource catalogs, AbsentHandlers absent, FaultyFilters faulty, IInbox inbox, EventTrail trail, AgentMetrics metrics) : IEventStep
{
    public string Name => "Bind";

    public async Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        // Whatever is swapped meanwhile: the event stays with the versions it is bound to here, and their code stays in memory.
        IReadOnlyList<HandlerBinding> refused = [];
        IReadOnlyList<FilterFault> faults = [];
        var (matching, hold) = catalogs.Hold(catalog =>
        {
            receipt.Catalog = catalog;
            refused = catalog.MatchAbsent(receipt.Event);
            var match = catalog.Ask(receipt.Event);
            faults = match.Faulty;
            return match.Bindings;
        });
        using var held = hold;
        if (refused.Count > 0 || faults.Count > 0)
        {
            var known = await inbox.FindAsync(receipt.Event.Id, cancellationToken).ConfigureAwait(false);
            await absent.KeepAsync(receipt, [.. refused.Where(IsOpen)], cancellationToken).ConfigureAwait(false);
            await faulty.KeepAsync(receipt, [.. faults.Where(f => IsOpen(f.Binding))], cancellationToken).ConfigureAwait(false);

            bool IsOpen(HandlerBinding binding) =>
                (receipt.OnlyHandler ?? binding.HandlerId) == binding.HandlerId && !(known.TryGetValue(binding.HandlerId, out var entry) && entry.Done);
        }

        if (matching.Count == 0 && refused.Count == 0 && faults.Count == 0)
        {
            metrics.Unmatched();
        }

        receipt.Bindings = receipt.OnlyHandler is null ? matching : [.. matching.Where(b => b.HandlerId == receipt.OnlyHandler)];
        trail.Add(receipt.Event, receipt.Bindings);
        await next(receipt, cancellationToken).ConfigureAwait(false);
    }
}
