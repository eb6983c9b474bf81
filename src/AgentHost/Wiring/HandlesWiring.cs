using Flatfile.Agent.Host.Handles;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>Fewer connections than handles, where the system counts them.</summary>
internal static class HandlesWiring
{
    public static void AddBoundedConnections(this IServiceCollection services, HandleBudget budget)
    {
        if (budget.Connections is null)
        {
            return;
        }

        services.AddSingleton(budget);
        services.AddSingleton<ConnectionPlaces>();
        services.AddSingleton<BusyAnswer>();
        services.AddSingleton<SocketTransportFactory>();

        // Kestrel asks the last one first.
        services.AddSingleton<IConnectionListenerFactory, BoundedTransport>();
    }

    /// <summary>At each address that is listened at.</summary>
    public static void RefuseSurplus(this ListenOptions listen)
    {
        if (listen.ApplicationServices.GetService<BusyAnswer>() is { } busy)
        {
            listen.Use(busy.Before);
        }
    }
}
