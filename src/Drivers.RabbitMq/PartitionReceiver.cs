using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>Receives from one queue for as long as the driver runs, over one channel after the other.</summary>
/// <remarks>
/// A new channel is opened only when nothing of the old one is in hand: an event that is still being handled is not handed over a
/// second time beside itself, and no later one of its key overtakes it.
/// </remarks>
internal sealed partial class PartitionReceiver(
    int partition, int prefetch, Topology topology, ReceivingConnection connection, RabbitMqDeadLetters deadLetters, TimeSpan maxBackoff, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(10);

    private TaskCompletionSource _giveUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PartitionChannel? _current;
    private int _looked;

    public string Queue => topology.Queue(partition);

    /// <summary>True when something came over the present channel since this was last asked: the broker lets this process receive.</summary>
    public bool TakeIsActive()
    {
        var received = Volatile.Read(ref _current)?.Received ?? 0;
        return received != Interlocked.Exchange(ref _looked, received) && received > 0;
    }

    /// <summary>Lets another process have the queue: what is in hand ends first, then this one waits behind the others.</summary>
    public void GiveUp() => Volatile.Read(ref _giveUp).TrySetResult();

    public async Task RunAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken stop)
    {
        var pause = new GrowingPause(maxBackoff, time);
        while (!stop.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            try
            {
                var link = await connection.GetAsync(stop).ConfigureAwait(false);
                if (await ReceiveAsync(link, onDelivery, stop).ConfigureAwait(false) || time.GetElapsedTime(begun) > Healthy)
                {
                    pause.Reset();
                }
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Faulted(log, fault, Queue);
            }

            await pause.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    /// <summary>Returns when the channel is gone or the driver stops; true when something came.</summary>
    private async Task<bool> ReceiveAsync(IConnection link, Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken stop)
    {
        var channel = await link.CreateChannelAsync(new CreateChannelOptions(false, false, consumerDispatchConcurrency: 1), stop).ConfigureAwait(false);
        var receiving = new PartitionChannel(channel, prefetch, deadLetters, onDelivery, time, log, stop);
        await using (receiving.ConfigureAwait(false))
        {
            Volatile.Write(ref _giveUp, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            Volatile.Write(ref _current, receiving);
            await topology.EnsurePartitionAsync(channel, partition, stop).ConfigureAwait(false);
            await receiving.ConsumeAsync(Queue).ConfigureAwait(false);
            try
            {
                if (await Task.WhenAny(receiving.Lost, _giveUp.Task).WaitAsync(stop).ConfigureAwait(false) == receiving.Lost)
                {
                    ChannelLost(log, Queue, await receiving.Lost.ConfigureAwait(false));
                }
                else
                {
                    GivenUp(log, Queue);
                }
            }
            catch (OperationCanceledException)
            {
                // Stopping: what is in hand ends in the disposal.
            }
        }

        return receiving.Received > 0;
    }
}
