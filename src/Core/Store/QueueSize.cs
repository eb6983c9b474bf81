namespace Flatfile.Agent.Core.Store;

/// <summary>How much a queue holds.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Bytes">The sum of their bodies.</param>
internal readonly record struct QueueSize(long Events, long Bytes)
{
    public static QueueSize operator +(QueueSize one, QueueSize other) => new(one.Events + other.Events, one.Bytes + other.Bytes);

    public static QueueSize operator -(QueueSize one, QueueSize other) => new(one.Events - other.Events, one.Bytes - other.Bytes);
}
