using System.Net;
using System.Net.Sockets;

namespace Store.PostgreSql.Tests.Support;

/// <summary>Stands between an agent and PostgreSQL and cuts the connection at the next commit.</summary>
internal sealed class CommitCutter : IAsyncDisposable
{
    private readonly int _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _when;

    public CommitCutter(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many commits were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Refuses new connections from the cut on.</summary>
    public bool StaysAway { get; set; }

    /// <summary>The next commit does not reach the server.</summary>
    public void CutBefore() => Volatile.Write(ref _when, 1);

    /// <summary>The next commit reaches the server, its answer does not reach the agent.</summary>
    public void CutAfter() => Volatile.Write(ref _when, 2);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptSocketAsync(_stop.Token);
            if (StaysAway && Cuts > 0)
            {
                client.Dispose();
                continue;
            }

            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target);
                var answers = CopyAsync(server, client, _ => true);
                await Task.WhenAny(answers, CopyAsync(client, server, bytes => Passes(bytes, client)));
            }
            catch (SocketException)
            {
                // One side is gone.
            }
        }
    }

    /// <summary>False when nothing goes on: the commit is held back, or it goes but its answer cannot.</summary>
    private bool Passes(ReadOnlyMemory<byte> bytes, Socket client)
    {
        if (bytes.Span.IndexOf("COMMIT\0"u8) < 0 || Interlocked.Exchange(ref _when, 0) is not (> 0 and var when))
        {
            return true;
        }

        Cuts++;
        client.Close(0);
        return when == 2;
    }

    private static async Task CopyAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, bool> passes)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (!passes(buffer.AsMemory(0, count)))
                {
                    return;
                }

                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // One side is gone; the other follows.
        }
    }
}
