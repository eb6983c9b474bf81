using System.Net;
using System.Net.Sockets;

namespace Flatfile.Agent.Handlers.Webhooks;

/// <summary>Connects to public addresses only. The address that was looked at is the one that is connected to: a name cannot change in between.</summary>
internal sealed class GuardedConnection(IReadOnlyCollection<string> privateHosts, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>A handler without redirects, cookies and proxy: each of them could lead elsewhere.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 32,
        ConnectCallback = (context, token) => ConnectAsync(context.DnsEndPoint, token),
    };

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await _resolve(target.Host, cancellationToken);
        if (!privateHosts.Contains(target.Host, StringComparer.OrdinalIgnoreCase) && addresses.FirstOrDefault(a => !PublicAddresses.Contains(a)) is { } inside)
        {
            throw new WebhookRefusedException(
                $"{target.Host} has the address {inside}, which is not one of the public internet, so nothing was sent. Send to a public address, or add the host to PrivateHosts.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
