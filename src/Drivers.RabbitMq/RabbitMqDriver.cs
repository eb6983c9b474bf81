using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>Receives from, and publishes to, quorum queues of a RabbitMQ broker: each ordering key has its queue, each queue one receiver at a time.</summary>
internal sealed partial class RabbitMqDriver : IEventDriver, IEventPublisher
{
    /// <summary>The name the configuration uses.</summary>
    public const string DriverName = "RabbitMq";

    private readonly RabbitMqOptions _options;
    private readonly int _maxInFlight;
    private readonly RabbitMqLinks _links;
    private readonly RabbitMqDeadLetters _deadLetters;
    private readonly TimeProvider _time;
    private readonly ILogger<RabbitMqDriver> _log;

    public RabbitMqDriver(IOptions<RabbitMqOptions> options, RabbitMqLinks links, RabbitMqDeadLetters deadLetters, TimeProvider time, ILogger<RabbitMqDriver> log)
    {
        _options = options.Value;
        _maxInFlight = _options.MaxInFlight ?? RabbitMqLinks.DefaultInFlight;
        _links = links;
        _deadLetters = deadLetters;
        _time = time;
        _log = log;
    }

    public string Name => DriverName;

    public IEnumerable<string> FaultsInSettings() => RabbitMqOptionsCheck.Faults(_options, _maxInFlight);

    public async Task ReceiveAsync(Func<EventDelivery, CancellationToken, Task> onDelivery, CancellationToken cancellationToken)
    {
        var prefetch = _maxInFlight / _options.Partitions;
        var connection = new BrokerConnection(_options, "receiving");
        await using (connection.ConfigureAwait(false))
        {
            using var receiving = new ReceivingConnection(connection, _options.MaxBackoff, _time, _log);
            Receiving(_log, _options.Prefix, _options.Partitions, prefetch);
            PartitionReceiver[] receivers = [.. Enumerable.Range(0, _options.Partitions).Select(partition =>
                new PartitionReceiver(partition, prefetch, _links.Topology, receiving, _deadLetters, _options.MaxBackoff, _time, _log))];
            var share = new FairShare(receivers, _links.Topology, receiving, _options.ShareInterval, _time, _log);
            await Task.WhenAll([.. receivers.Select(r => r.RunAsync(onDelivery, cancellationToken)), share.RunAsync(cancellationToken)]).ConfigureAwait(false);
        }
    }

    public Task PublishAsync(IReadOnlyList<OutgoingEvent> events, CancellationToken cancellationToken) =>
        _links.Publisher.PublishAsync([.. events.Select(ToMessage)], cancellationToken);

    private OutgoingMessage ToMessage(OutgoingEvent @event)
    {
        // Events that belong together nowhere are spread.
        var key = @event.OrderingKey.Length > 0 ? @event.OrderingKey : @event.Id;
        var headers = new Dictionary<string, object?> { [MessageHeaders.Topic] = @event.Topic, [MessageHeaders.OrderingKey] = key };
        if (@event.TraceParent is not null)
        {
            headers[MessageHeaders.TraceParent] = @event.TraceParent;
        }

        var properties = new BasicProperties
        {
            MessageId = @event.Id,
            Type = "flatfile.event",
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new AmqpTimestamp(_time.GetUtcNow().ToUnixTimeSeconds()),
            Headers = headers,
        };
        return new OutgoingMessage(_links.Topology.Exchange, _links.Topology.RoutingKey(key), properties, @event.Body);
    }
}
