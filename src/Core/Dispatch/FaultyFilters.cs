using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Keeps the events of handlers whose filter throws: nobody knows whether they were meant, so a person is to look. Trying again would throw again.</summary>
internal sealed partial class FaultyFilters(IDeadLetters deadLetters, AgentMetrics metrics, TimeProvider time, ILogger<FaultyFilters> log)
{
    /// <summary>Puts the event to the dead letters of these handlers.</summary>
    public async Task KeepAsync(EventReceipt receipt, IReadOnlyList<FilterFault> faults, CancellationToken cancellationToken)
    {
        foreach (var (binding, fault) in faults)
        {
            var reason = "The filter of this handler throws on this event: " + fault.Message;
            await deadLetters.AddAsync(
                DeadLetter.Of(receipt, binding.HandlerId, reason, fault, 1, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            Kept(log, fault, receipt.Event.Id, binding.HandlerId);
            metrics.HandlerFailed(binding.HandlerId);
            metrics.DeadLettered();
        }
    }
}
