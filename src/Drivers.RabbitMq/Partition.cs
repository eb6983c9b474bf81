using System.Text;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>Which of the queues the events of an ordering key go to: the same in every process and version.</summary>
internal static class Partition
{
    /// <summary>FNV-1a over the key's UTF-8, its bits mixed, modulo the number of queues.</summary>
    public static int Of(string key, int partitions)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in Encoding.UTF8.GetBytes(key))
        {
            hash = (hash ^ value) * 1099511628211UL;
        }

        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        return (int)(hash % (ulong)partitions);
    }
}
