using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>One channel that receives from one queue until it is stopped or lost. Everything about its deliveries ends with it.</summary>
internal sealed partial class PartitionChannel(
    IChannel channel, int prefetch, RabbitMqDeadLetters deadLetters, Func<EventDelivery, CancellationToken, Task> onDelivery, TimeProvider time, ILogger log,
    CancellationToken stop) : IAsyncBasicConsumer, IAsyncDisposable
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    /// <summary>The broker closes a channel that holds a delivery for 30 minutes.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private int _inHand = 1;
    private int _received;

    public IChannel? Channel => channel;

    public ChannelSettlements Settlements { get; } = new(channel, prefetch, log);

    public RabbitMqDeadLetters DeadLetters => deadLetters;

    /// <summary>Deliveries that came so far.</summary>
    public int Received => Volatile.Read(ref _received);

    /// <summary>Ends when the channel is gone or the broker takes the queue away; says why.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>Begins to receive from a queue.</summary>
    public async Task ConsumeAsync(string queue)
    {
        channel.ChannelShutdownAsync += OnShutdownAsync;
        await channel.BasicQosAsync(0, (ushort)prefetch, global: false, stop).ConfigureAwait(false);
        await channel.BasicConsumeAsync(queue, autoAck: false, this, stop).ConfigureAwait(false);
        if (channel.CloseReason is { } reason)
        {
            await OnShutdownAsync(channel, reason).ConfigureAwait(false);
        }
    }

    public Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _received);
        Settlements.Delivered(deliveryTag);
        if (!stop.IsCancellationRequested && !_over.IsCancellationRequested)
        {
            // What the client lent is copied; the call ends before the event is handled, so that the next one can come.
            var delivery = new RabbitMqDelivery(this, deliveryTag, routingKey, new BasicProperties(properties), body.ToArray());
            Interlocked.Increment(ref _inHand);
            _ = HandleAsync(delivery, deliveryTag);
        }

        return Task.CompletedTask;
    }

    /// <summary>Brings the delivery back after the delay. Until then it stays with this channel: a crash brings it back at once.</summary>
    public void ReturnAfter(ulong tag, TimeSpan delay)
    {
        if (stop.IsCancellationRequested)
        {
            // Left to the end of the channel, which puts all that is open back in order.
            return;
        }

        if (delay <= TimeSpan.Zero)
        {
            Settlements.Return(tag);
            return;
        }

        _ = ReturnLaterAsync(tag, delay < LongestDelay ? delay : LongestDelay);
    }

    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _lost.TrySetResult("the broker ended the consumer; was the queue deleted?");
        return Task.CompletedTask;
    }

    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) => OnShutdownAsync(channel, reason);

    /// <summary>
    /// Hands nothing over any more, waits for what is in hand and closes. The consumer is not cancelled before: the broker would let the
    /// next process begin with later events while these are still in hand.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        LeaveHand();
        await _drained.Task.ConfigureAwait(false);
        await Settlements.DisposeAsync().ConfigureAwait(false);
        try
        {
            if (channel.IsOpen)
            {
                await channel.CloseAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception fault)
        {
            NotClosed(log, fault);
        }

        await channel.DisposeAsync().ConfigureAwait(false);
        _over.Dispose();
    }

    private Task OnShutdownAsync(object sender, ShutdownEventArgs reason)
    {
        _lost.TrySetResult($"{reason.ReplyCode} {reason.ReplyText}");
        return Task.CompletedTask;
    }

    private async Task HandleAsync(RabbitMqDelivery delivery, ulong tag)
    {
        try
        {
            await onDelivery(delivery, stop).ConfigureAwait(false);
        }
        catch (SettlementLostException lost)
        {
            NotSettled(log, lost);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Left unsettled: it comes again.
        }
        catch (Exception fault)
        {
            DeliveryFaulted(log, fault, delivery.DeliveryCount);
        }

        try
        {
            // From here on nobody else may settle it: a second word about one delivery makes the broker close the channel.
            if (delivery.TryTake())
            {
                ReturnAfter(tag, AfterFault);
            }
        }
        catch (SettlementLostException)
        {
            // The channel is gone: it comes again anyway.
        }
        finally
        {
            LeaveHand();
        }
    }

    private async Task ReturnLaterAsync(ulong tag, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, time, _over.Token).ConfigureAwait(false);
            Settlements.Return(tag);
        }
        catch (Exception fault) when (fault is OperationCanceledException or SettlementLostException or ObjectDisposedException)
        {
            // The channel ends, and brings it back.
        }
    }

    private void LeaveHand()
    {
        if (Interlocked.Decrement(ref _inHand) == 0)
        {
            _drained.TrySetResult();
        }
    }
}
