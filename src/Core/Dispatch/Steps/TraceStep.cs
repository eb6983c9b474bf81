using System.Diagnostics;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Opens the trace in which everything that follows happens.</summary>
internal sealed class TraceStep(AgentMetrics metrics) : IEventStep
{
    public string Name => "Trace";

    public async Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        using var activity = metrics.StartActivity("flatfile.event", receipt.Delivery.TraceParent);
        try
        {
            await next(receipt, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            activity.SetStatus(ActivityStatusCode.Error, fault.Message);
            throw;
        }
    }
}
