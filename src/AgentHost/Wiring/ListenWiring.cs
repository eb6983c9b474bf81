using System.Net;
using Flatfile.Agent.Host.Faults;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>Where the server listens: on this machine only, unless <c>Agent:Listen</c> names an address of it that others reach.</summary>
internal static class ListenWiring
{
    private const string Setting = "Agent:Listen";

    public static void ListenAt(this KestrelServerOptions kestrel, IConfiguration configuration, int port)
    {
        if (Address(configuration) is not { } address)
        {
            kestrel.ListenLocalhost(port, HandlesWiring.RefuseSurplus);
            return;
        }

        kestrel.Listen(address, port, HandlesWiring.RefuseSurplus);
        if (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
        {
            // The commands of this machine find the server here.
            kestrel.ListenLocalhost(port, HandlesWiring.RefuseSurplus);
        }
    }

    /// <summary>Null for this machine only.</summary>
    private static IPAddress? Address(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
        {
            return null;
        }

        return !IPAddress.TryParse(text, out var address)
            ? throw new UserFault($"{Setting} is '{text}', which is no IP address.", "It names the address at which others reach this server; the port is that of --port.", "Write one such as 0.0.0.0, or leave it out for this machine only.")
            : IPAddress.IsLoopback(address) ? null : address;
    }
}
