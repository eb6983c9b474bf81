using System.Net;
using System.Net.Sockets;

namespace Flatfile.Spaces.Tests.Events;

/// <summary>Passes bytes on to a server and cuts each of the first connections after so many bytes of its answer.</summary>
internal sealed class BreakingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _server;
    private readonly Queue<int> _cuts;
    private readonly Task _accepting;

    public BreakingProxy(Uri server, params int[] cuts)
    {
        _server = server;
        _cuts = new Queue<int>(cuts);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How many connections were cut.</summary>
    public int Cut { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token), _cuts.TryDequeue(out var cut) ? cut : int.MaxValue));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(TcpClient client, int cut)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            var up = near.GetStream().CopyToAsync(far.GetStream(), _stop.Token);
            var buffer = new byte[8192];
            while (cut > 0)
            {
                var read = await far.GetStream().ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, cut)), _stop.Token);
                if (read == 0)
                {
                    return;
                }

                cut -= read;
                await near.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }

            Cut++;
            near.Client.LingerState = new LingerOption(true, 0);
        }
        catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two went away.
        }
    }
}
