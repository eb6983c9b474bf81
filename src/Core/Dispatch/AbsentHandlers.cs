using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>Keeps the events of handlers whose plugin is refused: nothing that somebody was bound to is dropped.</summary>
internal sealed partial class AbsentHandlers(
    HandlerCatalogSource catalogs, IDeadLetters deadLetters, AgentMetrics metrics, IOptions<AgentOptions> options, TimeProvider time, ILogger<AbsentHandlers> log)
{
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(30);

    /// <summary>Puts the event to the dead letters of these handlers, or has its source bring it again.</summary>
    public async Task KeepAsync(EventReceipt receipt, IReadOnlyList<HandlerBinding> handlers, CancellationToken cancellationToken)
    {
        if (handlers.Count > 0 && options.Value.WhenRefused == RefusedEvents.Hold)
        {
            receipt.ComeAgain = ComeAgain;
            return;
        }

        foreach (var handler in handlers)
        {
            var reason = catalogs.Current.FindAbsent(handler.HandlerId)?.Reason ?? $"Plugin {handler.Plugin} was refused.";
            await deadLetters.AddAsync(
                DeadLetter.Of(receipt, handler.HandlerId, reason, null, 0, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            Kept(log, receipt.Event.Id, handler.HandlerId, reason);
            metrics.DeadLettered();
        }
    }
}
