using Flatfile.Agent.Core.Binding;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Finds the handlers bound to the event and leaves out those that are done with it.</summary>
internal sealed partial class BindStep(HandlerCatalogSource catalogs, AgentMetrics metrics, ILogger<BindStep> log) : IEventStep
{
    public string Name => "Bind";

    public Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        var matching = catalogs.Current.Match(receipt.Event);
        if (matching.Count == 0)
        {
            metrics.Unmatched();
        }

        receipt.Bindings = [.. matching.Where(b => IsToDo(b, receipt))];
        if (receipt.Bindings.Count < matching.Count)
        {
            KnownAlready(log, receipt.Event.Id, matching.Count - receipt.Bindings.Count, matching.Count);
        }

        return next(receipt, cancellationToken);
    }

    private static bool IsToDo(HandlerBinding binding, EventReceipt receipt) =>
        (receipt.OnlyHandler is null || receipt.OnlyHandler == binding.HandlerId)
        && !(receipt.Inbox.TryGetValue(binding.HandlerId, out var entry) && entry.Done);
}
