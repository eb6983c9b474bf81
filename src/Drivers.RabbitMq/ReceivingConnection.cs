using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>The connection all queues are received over. While the broker is away one waits for all, with growing pauses.</summary>
internal sealed partial class ReceivingConnection(BrokerConnection connection, TimeSpan maxBackoff, TimeProvider time, ILogger log) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _away;

    public async Task<IConnection> GetAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var pause = new GrowingPause(maxBackoff, time);
            while (true)
            {
                try
                {
                    var link = await connection.GetAsync(stop).ConfigureAwait(false);
                    if (_away)
                    {
                        _away = false;
                        Back(log, link.Endpoint.HostName, link.Endpoint.Port);
                    }

                    return link;
                }
                catch (Exception fault) when (!stop.IsCancellationRequested)
                {
                    _away = true;
                    Away(log, fault);
                }

                await pause.WaitAsync(stop).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
