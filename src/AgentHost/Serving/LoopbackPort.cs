using System.Net;
using System.Net.Sockets;
using Flatfile.Agent.Host.Faults;

namespace Flatfile.Agent.Host.Serving;

/// <summary>Ports of this machine alone.</summary>
internal static class LoopbackPort
{
    /// <summary>Refuses a port somebody listens on, before anything is made on disk.</summary>
    public static void RefuseWhenTaken(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
        }
        catch (SocketException fault)
        {
            throw Taken(port, fault);
        }
    }

    /// <summary>A port nobody listens on now.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public static UserFault Taken(int port, Exception fault) => new(
        $"Port {port} of this machine cannot be opened.",
        fault is SocketException { SocketErrorCode: SocketError.AccessDenied }
            ? "This user may not open it."
            : "Another program listens there, perhaps another ./agent.",
        "Stop that one, or choose another port with --port N.",
        inner: fault);
}
