using System.Net;
using System.Net.Sockets;

namespace Contracts.Support;

/// <summary>Free ports of the loopback for programs that must be told theirs.</summary>
public static class LoopbackPort
{
    /// <summary>A port below those the system gives to outgoing connections, so that none of them takes it meanwhile.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(12_000, 32_000);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }
}
