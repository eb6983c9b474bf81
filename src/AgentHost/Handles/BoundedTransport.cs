using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Flatfile.Agent.Host.Handles;

/// <summary>Listens as usual, and takes a connection in only when there is a place for it.</summary>
/// <remarks>Kestrel's own limit takes every connection in before it turns one away, so a burst costs a handle for each that came.</remarks>
internal sealed class BoundedTransport(SocketTransportFactory sockets, ConnectionPlaces places) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new BoundedListener(await sockets.BindAsync(endpoint, cancellationToken), places);
}
