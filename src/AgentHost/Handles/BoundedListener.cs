using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Flatfile.Agent.Host.Handles;

/// <summary>One address. While there is no place, whoever comes waits in the system's queue, which costs this process nothing.</summary>
internal sealed class BoundedListener(IConnectionListener inner, ConnectionPlaces places) : IConnectionListener
{
    private readonly CancellationTokenSource _unbound = new();

    public EndPoint EndPoint => inner.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _unbound.Token);
        try
        {
            await places.TakeAsync(either.Token);
        }
        catch (OperationCanceledException) when (_unbound.IsCancellationRequested)
        {
            return null;
        }

        ConnectionContext? connection = null;
        try
        {
            connection = await inner.AcceptAsync(cancellationToken);
        }
        finally
        {
            if (connection is null)
            {
                places.GiveBack();
            }
        }

        return connection is null ? null : new BoundedConnection(connection, places);
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        await inner.UnbindAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        _unbound.Dispose();
    }
}
