using System.Globalization;
using RabbitMQ.Client;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>The exchanges and queues of a prefix: their names, their arguments, and how they are made or looked for.</summary>
/// <remarks>
/// A quorum queue for each partition with a single active consumer, so that the order of a key holds over processes. What the broker
/// itself gives up goes to the dead-letter queue, and leaves its queue only once it is there.
/// </remarks>
internal sealed class Topology(RabbitMqOptions options)
{
    /// <summary>No limit in practice: a broker that counts returns would give up, or drop, events that were never tried.</summary>
    private const int ManyReturns = 1_000_000;

    public string Exchange => options.Exchange == PartitionExchange.Direct ? options.Prefix : options.Prefix + ".hash";

    public string DeadExchange => options.Prefix + ".dead";

    public string DeadQueue => options.Prefix + ".dead";

    /// <summary>Never holds a message: every process that receives waits at it, so that they can be counted.</summary>
    public string RollCall => options.Prefix + ".agents";

    public int Partitions => options.Partitions;

    private string ExchangeKind => options.Exchange == PartitionExchange.Direct ? ExchangeType.Direct : "x-consistent-hash";

    private Dictionary<string, object?> QueueArguments => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-single-active-consumer"] = true,
        ["x-delivery-limit"] = ManyReturns,
        ["x-dead-letter-exchange"] = DeadExchange,
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };

    private static Dictionary<string, object?> DeadQueueArguments => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = ManyReturns,
    };

    public string Queue(int partition) => string.Create(CultureInfo.InvariantCulture, $"{options.Prefix}.{partition}");

    /// <summary>Where a message of this key is sent.</summary>
    public string RoutingKey(string orderingKey) => options.Exchange == PartitionExchange.Direct
        ? Partition.Of(orderingKey, options.Partitions).ToString(CultureInfo.InvariantCulture)
        : orderingKey;

    /// <summary>Makes, or only looks for, all of it.</summary>
    public async Task EnsureAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await EnsureDeadLettersAsync(channel, cancellationToken).ConfigureAwait(false);
        for (var partition = 0; partition < options.Partitions; partition++)
        {
            await EnsurePartitionAsync(channel, partition, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes, or only looks for, one queue and what it needs.</summary>
    public async Task EnsurePartitionAsync(IChannel channel, int partition, CancellationToken cancellationToken)
    {
        if (!options.DeclareTopology)
        {
            await channel.QueueDeclarePassiveAsync(Queue(partition), cancellationToken).ConfigureAwait(false);
            return;
        }

        await DeclareExchangeAsync(channel, cancellationToken).ConfigureAwait(false);
        await DeclareQueueAsync(channel, partition, cancellationToken).ConfigureAwait(false);
        var key = options.Exchange == PartitionExchange.Direct ? partition.ToString(CultureInfo.InvariantCulture) : "10";
        await channel.QueueBindAsync(Queue(partition), Exchange, key, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes, or only looks for, the dead-letter queue.</summary>
    public async Task EnsureDeadLettersAsync(IChannel channel, CancellationToken cancellationToken)
    {
        if (!options.DeclareTopology)
        {
            await channel.QueueDeclarePassiveAsync(DeadQueue, cancellationToken).ConfigureAwait(false);
            return;
        }

        await channel.ExchangeDeclareAsync(DeadExchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken).ConfigureAwait(false);
        await DeclareDeadQueueAsync(channel, cancellationToken).ConfigureAwait(false);
        await channel.QueueBindAsync(DeadQueue, DeadExchange, string.Empty, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes, or only looks for, the queue by which the receiving processes are counted. It goes with the last of them.</summary>
    public Task<QueueDeclareOk> EnsureRollCallAsync(IChannel channel, CancellationToken cancellationToken) => options.DeclareTopology
        ? channel.QueueDeclareAsync(RollCall, durable: true, exclusive: false, autoDelete: true, cancellationToken: cancellationToken)
        : channel.QueueDeclarePassiveAsync(RollCall, cancellationToken);

    public Task DeclareExchangeAsync(IChannel channel, CancellationToken cancellationToken) =>
        channel.ExchangeDeclareAsync(Exchange, ExchangeKind, durable: true, autoDelete: false, cancellationToken: cancellationToken);

    public Task<QueueDeclareOk> DeclareQueueAsync(IChannel channel, int partition, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(Queue(partition), durable: true, exclusive: false, autoDelete: false, QueueArguments, cancellationToken: cancellationToken);

    public Task<QueueDeclareOk> DeclareDeadQueueAsync(IChannel channel, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(DeadQueue, durable: true, exclusive: false, autoDelete: false, DeadQueueArguments, cancellationToken: cancellationToken);
}
