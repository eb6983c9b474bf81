using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>Gives queues up while this process receives from more than its share and others wait for some.</summary>
/// <remarks>
/// The broker lets the first process that comes receive from every queue, and the next ones only wait until it goes. It tells nobody
/// who waits, so the processes are counted at a queue of their own.
/// </remarks>
internal sealed partial class FairShare(
    IReadOnlyList<PartitionReceiver> receivers, Topology topology, ReceivingConnection connection, TimeSpan interval, TimeProvider time, ILogger log)
{
    private IChannel? _present;

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stop).ConfigureAwait(false);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                NotLooked(log, fault);
            }

            // With jitter, so that processes started together do not act together.
            await Task.Delay(interval * (0.8 + (0.4 * Random.Shared.NextDouble())), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await LeaveAsync().ConfigureAwait(false);
    }

    /// <summary>How many of its active queues a process gives up, when so many processes share all of them.</summary>
    public static int Excess(int active, int partitions, int processes) =>
        processes < 2 ? 0 : Math.Max(0, active - ((partitions + processes - 1) / processes));

    private async Task LookAsync(CancellationToken stop)
    {
        var channel = await PresentAsync(stop).ConfigureAwait(false);
        var processes = (int)await channel.ConsumerCountAsync(topology.RollCall, stop).ConfigureAwait(false);
        var active = receivers.Where(r => r.TakeIsActive()).ToList();
        foreach (var receiver in active.OrderBy(_ => Random.Shared.Next()).Take(Excess(active.Count, receivers.Count, processes)))
        {
            receiver.GiveUp();
        }
    }

    /// <summary>The channel over which this process is counted.</summary>
    private async Task<IChannel> PresentAsync(CancellationToken stop)
    {
        if (_present is { IsOpen: true } present)
        {
            return present;
        }

        await LeaveAsync().ConfigureAwait(false);
        var link = await connection.GetAsync(stop).ConfigureAwait(false);
        _present = await link.CreateChannelAsync(cancellationToken: stop).ConfigureAwait(false);
        await topology.EnsureRollCallAsync(_present, stop).ConfigureAwait(false);
        await _present.BasicConsumeAsync(topology.RollCall, autoAck: true, new AsyncEventingBasicConsumer(_present), stop).ConfigureAwait(false);
        return _present;
    }

    private async Task LeaveAsync()
    {
        if (_present is { } channel)
        {
            _present = null;
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }
}
