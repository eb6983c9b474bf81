using System.Net;
using System.Net.Sockets;

namespace Contracts.Support;

/// <summary>Stands between a client and a server on the loopback; broken, it resets what is open and refuses what comes.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly int _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private readonly Task _accepting;
    private TaskCompletionSource? _refused;

    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long all that a client sends is held up, message by message: a server that is slow to answer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Resets all connections and every new one; the task completes with the first new one.</summary>
    public Task Break()
    {
        lock (_lock)
        {
            _refused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            foreach (var socket in _open)
            {
                Reset(socket);
            }

            _open.Clear();
            return _refused.Task;
        }
    }

    public void Heal()
    {
        lock (_lock)
        {
            _refused = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ = Break();
        _stop.Dispose();
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }

        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptSocketAsync(_stop.Token);
            if (Volatile.Read(ref _refused) is { } refused)
            {
                Reset(client);
                refused.TrySetResult();
                continue;
            }

            _ = ConnectAsync(client);
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            if (!Register(client, server))
            {
                return;
            }

            await Task.WhenAny(CopyAsync(client, server, () => Delay), CopyAsync(server, client, () => TimeSpan.Zero));
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The server is away: so is the proxy.
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(client);
                _open.Remove(server);
            }

            Reset(client);
            Reset(server);
        }
    }

    private bool Register(Socket client, Socket server)
    {
        lock (_lock)
        {
            if (_refused is not null)
            {
                _refused.TrySetResult();
                return false;
            }

            _open.Add(client);
            _open.Add(server);
            return true;
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, Func<TimeSpan> delay)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None) is > 0 and var count)
            {
                await Task.Delay(delay());
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None);
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // One side is gone; the other follows.
        }
    }
}
