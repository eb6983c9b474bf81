using Flatfile.Agent.Core.Dispatch.Steps;
using Flatfile.Agent.Core.Store;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The way of an event from a delivery to its settlement. The order of the steps stands here and nowhere else.</summary>
internal sealed partial class EventPipeline
{
    private const int MaxDeliveries = 10;

    private readonly IEventStep[] _steps;
    private readonly EventStepNext _way;
    private readonly IDeadLetters _deadLetters;
    private readonly ShutdownSignals _signals;
    private readonly AgentMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<EventPipeline> _log;
    private readonly InHand _inHand = new();

    public EventPipeline(
        TraceStep trace, ReadStep read, WatchStep watch, TakeStep take, BindStep bind, LaneStep lane, EnqueueStep enqueue, InvokeStep invoke, SettleStep settle,
        IDeadLetters deadLetters, ShutdownSignals signals, AgentMetrics metrics, TimeProvider time, ILogger<EventPipeline> log)
    {
        _steps = [trace, read, watch, take, bind, lane, enqueue, invoke, settle];
        _deadLetters = deadLetters;
        _signals = signals;
        _metrics = metrics;
        _time = time;
        _log = log;
        _way = Join(0);
    }

    /// <summary>The steps in order, for the start-up report.</summary>
    public string Order => string.Join(" → ", _steps.Select(s => s.Name));

    /// <summary>Returns when no event is in hand.</summary>
    public Task WhenIdle => _inHand.WhenEmpty;

    /// <summary>Takes one delivery to its settlement. Never throws: what goes wrong abandons the delivery.</summary>
    public async Task ProcessAsync(EventDelivery delivery, string? onlyHandler = null)
    {
        using var _ = _inHand.Enter();
        _metrics.Received();
        var receipt = new EventReceipt(delivery) { OnlyHandler = onlyHandler };
        try
        {
            await _way(receipt, _signals.Halted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_signals.Stopping.IsCancellationRequested)
        {
            await AbandonAsync(delivery, TimeSpan.Zero).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Faulted(_log, fault, delivery.DeliveryCount);
            await GiveBackAsync(delivery, fault).ConfigureAwait(false);
        }
    }

    private EventStepNext Join(int index)
    {
        if (index == _steps.Length)
        {
            return (_, _) => Task.CompletedTask;
        }

        var step = _steps[index];
        var next = Join(index + 1);
        return (receipt, token) => step.RunAsync(receipt, next, token);
    }

    /// <summary>A fault outside the handlers: the store, the catalogue. It may pass; an event that meets it every time is given up.</summary>
    private async Task GiveBackAsync(EventDelivery delivery, Exception fault)
    {
        try
        {
            if (delivery.DeliveryCount < MaxDeliveries)
            {
                await AbandonAsync(delivery, TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, delivery.DeliveryCount)))).ConfigureAwait(false);
                return;
            }

            var reason = $"The event could not be dispatched in {delivery.DeliveryCount} deliveries: {fault.Message}";
            await _deadLetters.AddAsync(
                new DeadLetter(0, null, null, null, reason, fault.ToString(), delivery.DeliveryCount, delivery.Body, _time.GetUtcNow()), CancellationToken.None).ConfigureAwait(false);
            await delivery.DeadLetterAsync(reason, CancellationToken.None).ConfigureAwait(false);
            _metrics.DeadLettered();
        }
        catch (Exception second)
        {
            NotSettled(_log, second);
        }
    }

    private async Task AbandonAsync(EventDelivery delivery, TimeSpan delay)
    {
        try
        {
            await delivery.AbandonAsync(delay, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            NotSettled(_log, fault);
        }
    }
}
