using Flatfile.Agent.Core.Failing;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>The effects of all handlers are durable: the source may forget the event.</summary>
internal sealed partial class SettleStep(AgentMetrics metrics, ILogger<SettleStep> log) : IEventStep
{
    public string Name => "Settle";

    public async Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        if (!receipt.EndsTheEvent())
        {
            return;
        }

        try
        {
            if (receipt.ComeAgain is { } delay)
            {
                await receipt.Delivery.AbandonAsync(delay, cancellationToken).ConfigureAwait(false);
                return;
            }

            FailPoint.Hit(FailPoints.EventStored);
            await receipt.Delivery.CompleteAsync(cancellationToken).ConfigureAwait(false);
            metrics.Settled();
        }
        catch (Exception fault)
        {
            // The work is done and remembered; the source brings the event again and the inbox drops it.
            NotSettled(log, fault, receipt.Event.Id);
        }

        await next(receipt, cancellationToken).ConfigureAwait(false);
    }
}
