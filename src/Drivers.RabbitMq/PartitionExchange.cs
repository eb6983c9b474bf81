namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>Who chooses the queue of an event.</summary>
public enum PartitionExchange
{
    /// <summary>The publisher, by a hash of the ordering key: needs no plugin.</summary>
    Direct,

    /// <summary>The broker, by its consistent-hash exchange: for publishers that only know the ordering key. Needs the plugin <c>rabbitmq_consistent_hash_exchange</c>.</summary>
    ConsistentHash,
}
