using RabbitMQ.Client;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>Publishes and returns only after the broker has confirmed every message; a message that reaches no queue is a fault.</summary>
internal sealed class ConfirmedPublisher(BrokerConnection connection) : IAsyncDisposable
{
    /// <summary>Messages sent and not confirmed yet; more wait.</summary>
    private const int MostUnconfirmed = 2048;

    private static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false);

    private readonly SemaphoreSlim _sending = new(1, 1);
    private ConfirmingChannel? _channel;

    public async Task PublishAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var confirmed = new List<Task>(messages.Count);
        var all = Task.CompletedTask;
        try
        {
            // One after the other: the order on the channel is the order in the queue.
            await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await SendAsync(await OpenAsync(cancellationToken).ConfigureAwait(false), messages, confirmed, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _sending.Release();
            }

            all = Task.WhenAll(confirmed);
            await all.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Each is looked at, so that none of their faults goes unseen later.
            confirmed.ForEach(ConfirmingChannel.Forget);
            ConfirmingChannel.Forget(all);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
        {
            await _channel.DisposeAsync().ConfigureAwait(false);
        }

        _sending.Dispose();
    }

    /// <summary>Sends one after the other; each that is sent stands in <paramref name="confirmed"/>, also when a later one fails.</summary>
    private static async Task SendAsync(ConfirmingChannel channel, IReadOnlyList<OutgoingMessage> messages, List<Task> confirmed, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, channel.Gone);
        try
        {
            foreach (var message in messages)
            {
                confirmed.Add(await channel.SendAsync(message, either.Token).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw channel.Lost!;
        }
    }

    private async Task<ConfirmingChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } ready)
        {
            return ready;
        }

        if (_channel is { } dead)
        {
            _channel = null;
            await dead.DisposeAsync().ConfigureAwait(false);
        }

        var link = await connection.GetAsync(cancellationToken).ConfigureAwait(false);
        var channel = await link.CreateChannelAsync(Confirming, cancellationToken).ConfigureAwait(false);
        return _channel = new ConfirmingChannel(channel, MostUnconfirmed);
    }
}
