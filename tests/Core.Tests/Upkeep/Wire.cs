namespace Core.Tests.Upkeep;

/// <summary>The way to the server, with faults to order.</summary>
internal sealed class Wire : DelegatingHandler
{
    public Wire()
        : base(new SocketsHttpHandler())
    {
    }

    /// <summary>Every call that went out, as <c>GET spaces/us_sp_1</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Asked before a call: an answer of its own, or null to let it pass. It may throw.</summary>
    public Func<string, HttpResponseMessage?> Before { get; set; } = _ => null;

    /// <summary>Asked after the server answered: the answer to give. It may throw: then the answer is lost.</summary>
    public Func<string, HttpResponseMessage, Task<HttpResponseMessage>> After { get; set; } = (_, answer) => Task.FromResult(answer);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = $"{request.Method} {request.RequestUri!.AbsolutePath["/v1/".Length..]}";
        lock (Calls)
        {
            Calls.Add(call);
        }

        if (Before(call) is { } own)
        {
            own.RequestMessage = request;
            return own;
        }

        return await After(call, await base.SendAsync(request, cancellationToken));
    }
}
