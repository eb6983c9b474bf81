using System.Globalization;
using System.Text;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>The message headers the driver writes and reads.</summary>
internal static class MessageHeaders
{
    public const string TraceParent = "traceparent";
    public const string Topic = "topic";
    public const string OrderingKey = "ordering-key";
    public const string DeadReason = "dead-letter-reason";
    public const string DeadCount = "dead-letter-deliveries";

    /// <summary>Counted by a quorum queue: how often the message was brought back.</summary>
    public const string Returns = "x-delivery-count";

    /// <summary>Written by a broker that gave a message up itself.</summary>
    public const string FirstDeathReason = "x-first-death-reason";

    public static string? Text(IDictionary<string, object?>? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var value)
            ? value switch
            {
                byte[] bytes => Encoding.UTF8.GetString(bytes),
                string text => text,
                _ => null,
            }
            : null;

    public static int? Number(IDictionary<string, object?>? headers, string name) =>
        headers is not null && headers.TryGetValue(name, out var value) && value is long or int or short or byte or sbyte or uint or ushort
            ? (int)Math.Min(int.MaxValue, Convert.ToInt64(value, CultureInfo.InvariantCulture))
            : null;
}
