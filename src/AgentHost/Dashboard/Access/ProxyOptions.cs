using System.Net;

namespace Flatfile.Agent.Host.Dashboard.Access;

/// <summary>The reverse proxies before this host, section <c>Agent:Proxy</c>. Without any, nothing a request says about its way is believed.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Agent:Proxy";

    /// <summary>Addresses or networks of the proxies, such as <c>10.1.2.3</c> or <c>10.1.0.0/16</c>. Their X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
    public IList<string> Networks { get; } = [];

    /// <summary>The header in which these proxies name the person they let in, such as <c>X-Forwarded-User</c>; null for none. From anywhere else it means nothing.</summary>
    public string? IdentityHeader { get; set; }

    /// <summary>Those of these people who may change things, by name; the others may look.</summary>
    public IList<string> Operators { get; } = [];

    /// <summary>The networks, as far as they can be read.</summary>
    public IReadOnlyList<IPNetwork> Read() => [.. Networks.Select(TryRead).OfType<IPNetwork>()];

    /// <summary>Null when the text is neither an address nor a network.</summary>
    public static IPNetwork? TryRead(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}
