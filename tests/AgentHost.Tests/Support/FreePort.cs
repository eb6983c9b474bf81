using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AgentHost.Tests.Support;

/// <summary>A port nobody listens on now.</summary>
internal static class FreePort
{
    public static string Next()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
