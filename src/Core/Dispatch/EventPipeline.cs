using Flatfile.Agent.Core.Dispatch.Steps;
using Flatfile.Agent.Core.Failing;
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
    private readonly UnsettledEvents _unsettled;

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
        _unsettled = new UnsettledEvents(time);
        metrics.Report(_unsettled);
        _way = Join(0);
    }

    /// <summary>The steps in order, for the start-up report.</summary>
    public string Order => string.Join(" → ", _steps.Select(s => s.Name));

    /// <summary>Events on their way.</summary>
    public int InHandCount => _unsettled.Count;

    /// <summary>Returns when no event is in hand.</summary>
    public Task WhenIdle => _unsettled.WhenEmpty;

    /// <summary>Takes one delivery to its settlement. Never throws: what goes wrong abandons the delivery.</summary>
    /// <param name="delivery">What came.</param>
    /// <param name="onlyHandler">The only handler that is to have it; null for all.</param>
    /// <param name="replayOf">The dead letter that is replayed, if one is.</param>
    public async Task ProcessAsync(EventDelivery delivery, string? onlyHandler = null, long? replayOf = null)
    {
        var receipt = new EventReceipt(delivery) { OnlyHandler = onlyHandler, ReplayOf = replayOf, ReceivedAt = _time.GetUtcNow() };
        using var _ = _unsettled.Enter(receipt);
        _metrics.Received();
        FailPoint.Hit(FailPoints.EventReceived);
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
            await GiveBackAsync(receipt, fault).ConfigureAwait(false);
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
    private async Task GiveBackAsync(EventReceipt receipt, Exception fault)
    {
        var delivery = receipt.Delivery;
        try
        {
            // While the store is away no event is to blame, and no dead letter could be kept.
            if (fault is StoreAwayException || delivery.DeliveryCount < MaxDeliveries)
            {
                await AbandonAsync(delivery, Later(delivery)).ConfigureAwait(false);
                return;
            }

            var reason = $"The event could not be dispatched in {delivery.DeliveryCount} deliveries: {fault.Message}";
            await _deadLetters.AddAsync(
                DeadLetter.Of(receipt, null, reason, fault, delivery.DeliveryCount, _time.GetUtcNow()), CancellationToken.None).ConfigureAwait(false);
            await delivery.DeadLetterAsync(reason, CancellationToken.None).ConfigureAwait(false);
            _metrics.DeadLettered();
        }
        catch (StoreAwayException)
        {
            await AbandonAsync(delivery, Later(delivery)).ConfigureAwait(false);
        }
        catch (Exception second)
        {
            NotSettled(_log, second);
        }
    }

    private static TimeSpan Later(EventDelivery delivery) => TimeSpan.FromSeconds(Math.Min(30, Math.Pow(2, Math.Min(delivery.DeliveryCount, 5))));

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
