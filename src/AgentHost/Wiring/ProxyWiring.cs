using Flatfile.Agent.Core.Startup;
using Flatfile.Agent.Host.Dashboard.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>What the host believes of the way a request took: from named proxies who stands behind them, from nobody else anything.</summary>
internal static class ProxyWiring
{
    /// <summary>First of all: what comes behind sees the sender, the scheme and the path as the person's browser does.</summary>
    public static IApplicationBuilder UseProxies(this IApplicationBuilder app)
    {
        app.Use(next => http => Peer.RememberAsync(http, next));
        var networks = app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value.Read();
        if (networks.Count > 0)
        {
            app.UseForwardedHeaders(Believed(networks));
        }

        PathString pathBase = app.ApplicationServices.GetRequiredService<IOptions<AgentOptions>>().Value.PathBase ?? string.Empty;
        return pathBase.HasValue ? app.Use(next => http => BelowAsync(pathBase, http, next)) : app;
    }

    private static ForwardedHeadersOptions Believed(IEnumerable<System.Net.IPNetwork> networks)
    {
        var believed = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        believed.KnownProxies.Clear();
        believed.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            believed.KnownIPNetworks.Add(network);
        }

        return believed;
    }

    /// <summary>The path base is known to every link, also behind a proxy that takes it off.</summary>
    private static Task BelowAsync(PathString pathBase, HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments(pathBase, out var rest))
        {
            http.Request.Path = rest;
        }

        http.Request.PathBase = pathBase;
        return next(http);
    }
}
