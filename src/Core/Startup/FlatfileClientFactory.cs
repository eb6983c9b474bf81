using System.Net;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Jobs.Inserts;
using Flatfile.Agent.Core.Recording;
using Flatfile.Api;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Startup;

/// <summary>Makes clients over one pool of connections.</summary>
internal sealed class FlatfileClientFactory(IFlatfileEndpoint endpoint, IOptions<AgentOptions> options, TimeProvider time) : IDisposable
{
    private static readonly FlatfileClientOptions Usual = new();

    private readonly SocketsHttpHandler _connections = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>The client of a handler: its calls stop at the fence, and are written down.</summary>
    /// <param name="fence">Where calls stop.</param>
    /// <param name="recording">Where calls are written down; null for nowhere.</param>
    public FlatfileClient CreateForHandler(RunFence fence, RunRecording? recording)
    {
        HttpMessageHandler handler = new FencedHandler(new InsertGuard(_connections, fence, options.Value.Flatfile.ReadBackTime, time), fence, isOfHandler: true);
        return new FlatfileClient(Options(repeats: true, null), recording is null ? handler : new RecordedCalls(handler, recording));
    }

    /// <summary>A client of the agent itself whose calls stop at the fence; null for one without a fence.</summary>
    /// <param name="fence">Where calls stop.</param>
    /// <param name="repeats">False for who decides about the next attempt itself.</param>
    /// <param name="timeout">How long an answer may stand still; null for the usual time.</param>
    public FlatfileClient Create(RunFence? fence, bool repeats = true, TimeSpan? timeout = null) =>
        new(Options(repeats, timeout), fence is null ? _connections : new FencedHandler(_connections, fence, isOfHandler: false));

    public void Dispose() => _connections.Dispose();

    private FlatfileClientOptions Options(bool repeats, TimeSpan? timeout) => new()
    {
        BaseAddress = endpoint.BaseAddress,
        Token = endpoint.Token,
        EnvironmentId = options.Value.EnvironmentId,
        TimeProvider = time,
        MaxRetries = repeats ? Usual.MaxRetries : 0,
        Timeout = timeout ?? Usual.Timeout,
    };
}
