using System.Net;
using System.Net.Sockets;

namespace AgentHost.Tests.Handles;

/// <summary>Callers who connect all at once and then say nothing.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly List<Socket> _callers = [];
    private readonly List<Task> _connecting = [];
    private readonly CancellationTokenSource _gone = new();

    public Crowd(int port, int callers)
    {
        for (var i = 0; i < callers; i++)
        {
            var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _callers.Add(caller);
            _connecting.Add(ConnectAsync(caller, port));
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _callers.ForEach(caller => caller.Dispose());
        _gone.Dispose();
    }

    /// <summary>Not all get through: the system's own queue has an end too.</summary>
    private async Task ConnectAsync(Socket caller, int port)
    {
        try
        {
            await caller.ConnectAsync(IPAddress.Loopback, port, _gone.Token);
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It was one of the crowd until then.
        }
    }
}
