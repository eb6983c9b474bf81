using System.Net;
using System.Text.RegularExpressions;

namespace Flatfile.Agent.Drivers.RabbitMq;

/// <summary>What is wrong with the settings, a sentence each. No sentence repeats the address, as it may hold a password.</summary>
internal static partial class RabbitMqOptionsCheck
{
    public static IEnumerable<string> Faults(RabbitMqOptions options, int maxInFlight)
    {
        if (!Uri.TryCreate(options.Uri, UriKind.Absolute, out var address) || address.Scheme is not ("amqp" or "amqps"))
        {
            yield return "Agent:RabbitMq:Uri is not an address of a broker. Write amqp://host:5672/ or, with TLS, amqps://host:5671/.";
        }
        else if (!IsLoopback(address) && address.UserInfo.Length == 0 && string.IsNullOrEmpty(options.UserName))
        {
            yield return "Agent:RabbitMq names no user, and a broker on another machine lets nobody in without one. Set Agent:RabbitMq:UserName and Agent:RabbitMq:Password.";
        }

        if (!string.IsNullOrEmpty(options.UserName) && string.IsNullOrEmpty(options.Password))
        {
            yield return "Agent:RabbitMq:UserName has no password beside it. Set Agent:RabbitMq:Password.";
        }

        if (!Name().IsMatch(options.Prefix))
        {
            yield return "Agent:RabbitMq:Prefix must be 1 to 100 letters, digits, dots, dashes or underscores, and may not begin with 'amq.', which the broker keeps for itself.";
        }

        if (options.Partitions is < 1 or > 128)
        {
            yield return $"Agent:RabbitMq:Partitions is {options.Partitions}; it must be from 1 to 128, and the same for everybody who uses the prefix.";
        }
        else if (maxInFlight < options.Partitions)
        {
            yield return $"Agent:RabbitMq:MaxInFlight is {maxInFlight}, less than one event for each of {options.Partitions} queues. Raise it, or lower Agent:RabbitMq:Partitions before first use.";
        }

        if (maxInFlight / Math.Max(1, options.Partitions) > ushort.MaxValue)
        {
            yield return $"Agent:RabbitMq:MaxInFlight is {maxInFlight}: more than {ushort.MaxValue} for each queue, which the broker does not allow. Lower it.";
        }

        if (options.Heartbeat < TimeSpan.FromSeconds(1) || options.Timeout <= TimeSpan.Zero || options.MaxBackoff <= TimeSpan.Zero || options.ShareInterval <= TimeSpan.Zero)
        {
            yield return "Agent:RabbitMq: Heartbeat must be at least one second; Timeout, MaxBackoff and ShareInterval longer than nothing.";
        }
    }

    public static bool IsLoopback(Uri address) =>
        address.IsLoopback || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    [GeneratedRegex(@"^(?!amq\.)[A-Za-z0-9._-]{1,100}\z")]
    private static partial Regex Name();
}
