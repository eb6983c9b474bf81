using System.Diagnostics;
using System.Text.Json;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Failing;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

/// <summary>Makes a durable ticket for each job handler. What happens to the ticket later is no longer the event's business.</summary>
internal sealed partial class EnqueueStep(
    ITicketStore tickets, TicketArming arming, IInbox inbox, IDeadLetters deadLetters, DispatchRules rules, AgentMetrics metrics, TimeProvider time, ILogger<EnqueueStep> log) : IEventStep
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
            // Without a ticket only the inbox remembers that this was said already.
            if ((await inbox.ClaimAsync(@event.Id, [binding.HandlerId], cancellationToken).ConfigureAwait(false))[0].Answer == InboxAnswer.Done)
            {
                return;
            }

            var reason = $"Job handler '{binding.HandlerId}' got event {@event} without context.jobId: there is no job to run.";
            NoJob(log, reason);
            await deadLetters.AddAsync(DeadLetter.Of(receipt, binding.HandlerId, reason, null, 0, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            metrics.DeadLettered();
            return;
        }

        var ticket = new JobTicket
        {
            Id = "tk_" + Guid.NewGuid().ToString("N"),
            EventId = @event.Id,
            HandlerId = binding.HandlerId,
            Lane = IsPart(@event) ? $"part\n{jobId}" : rules.Of(binding).LaneOf(binding, @event),
            JobId = jobId,
            Event = receipt.Delivery.Body,
            TraceParent = Activity.Current?.Id,
        };
        var (id, isFirst) = await tickets.AddAsync(ticket, cancellationToken).ConfigureAwait(false);
        FailPoint.Hit(FailPoints.TicketStored);
        if (isFirst)
        {
            await arming.ArmAsync(ticket with { Id = id }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Parts run beside each other; their whole, which waits for them, keeps its place in the lane meanwhile.</summary>
    private static bool IsPart(FlatfileEvent @event) =>
        @event.Payload.ValueKind == JsonValueKind.Object && @event.Payload.TryGetProperty("isPart", out var part) && part.ValueKind == JsonValueKind.True;
}
