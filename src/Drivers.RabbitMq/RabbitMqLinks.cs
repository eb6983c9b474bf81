using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>What publishing, dead letters and their readers share: one connection apart from the one that receives, so that a broker that holds publishers back does not hold up settlements.</summary>
internal sealed class RabbitMqLinks : IAsyncDisposable
{
    /// <summary>Events in hand when no setting says otherwise.</summary>
    public const int DefaultInFlight = 256;

    public RabbitMqLinks(IOptions<RabbitMqOptions> options)
    {
        Topology = new Topology(options.Value);
        Connection = new BrokerConnection(options.Value, "publishing")
        {
            Prepare = async (connection, cancellationToken) =>
            {
                var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
                await using (channel.ConfigureAwait(false))
                {
                    await Topology.EnsureAsync(channel, cancellationToken).ConfigureAwait(false);
                }
            },
        };
        Publisher = new ConfirmedPublisher(Connection);
    }

    public Topology Topology { get; }

    public BrokerConnection Connection { get; }

    public ConfirmedPublisher Publisher { get; }

    public async ValueTask DisposeAsync()
    {
        await Publisher.DisposeAsync().ConfigureAwait(false);
        await Connection.DisposeAsync().ConfigureAwait(false);
    }
}
