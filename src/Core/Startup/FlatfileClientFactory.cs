using System.Net;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Api;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Makes clients over one pool of connections.</summary>
internal sealed class FlatfileClientFactory(IFlatfileEndpoint endpoint, IOptions<AgentOptions> options, TimeProvider time) : IDisposable
{
    private readonly SocketsHttpHandler _connections = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>A client whose calls stop at the fence; null for one without a fence.</summary>
    public FlatfileClient Create(RunFence? fence) => new(
        new FlatfileClientOptions
        {
            BaseAddress = endpoint.BaseAddress,
            Token = endpoint.Token,
            EnvironmentId = options.Value.EnvironmentId,
            TimeProvider = time,
        },
        fence is null ? _connections : new FencedHandler(_connections, fence.Token));

    public void Dispose() => _connections.Dispose();
}
