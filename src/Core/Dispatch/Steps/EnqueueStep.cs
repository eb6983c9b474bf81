using System.Diagnostics;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Makes a durable ticket for each job handler. What happens to the ticket later is no longer the event's business.</summary>
internal sealed partial class EnqueueStep(
    ITicketStore tickets, TicketArming arming, IDeadLetters deadLetters, AgentMetrics metrics, TimeProvider time, ILogger<EnqueueStep> log) : IEventStep
{
    public string Name => "Enqueue";

    public async Task RunAsync(EventReceipt receipt, EventStepNext next, CancellationToken cancellationToken)
    {
        foreach (var binding in receipt.Bindings.Where(b => b.Kind == HandlerKind.Job))
        {
            await EnqueueAsync(receipt, binding, cancellationToken).ConfigureAwait(false);
        }

        await next(receipt, cancellationToken).ConfigureAwait(false);
    }

    private async Task EnqueueAsync(EventReceipt receipt, HandlerBinding binding, CancellationToken cancellationToken)
    {
        var @event = receipt.Event;
        if (@event.Context.JobId is not { } jobId)
        {
            var reason = $"Job handler '{binding.HandlerId}' got event {@event} without context.jobId: there is no job to run.";
            NoJob(log, reason);
            await deadLetters.AddAsync(
                new DeadLetter(0, @event.Id, @event.Topic, binding.HandlerId, reason, null, 0, receipt.Delivery.Body, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            metrics.DeadLettered();
            return;
        }

        var (id, isFirst) = await tickets.AddAsync(
            new JobTicket
            {
                Id = "tk_" + Guid.NewGuid().ToString("N"),
                EventId = @event.Id,
                HandlerId = binding.HandlerId,
                Lane = receipt.Lane,
                JobId = jobId,
                Event = receipt.Delivery.Body,
                TraceParent = Activity.Current?.Id,
            },
            cancellationToken).ConfigureAwait(false);
        if (isFirst)
        {
            await arming.ArmAsync(id, null, cancellationToken).ConfigureAwait(false);
        }
    }
}
