namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>Stands between a client and the server. What is thrown before a call is a death before the server heard of it; after it, a death before its answer was read.</summary>
internal sealed class Interference : DelegatingHandler
{
    /// <summary>Method and path of every call, in order.</summary>
    public List<string> Calls { get; } = [];

    public Func<string, Task> BeforeAsync { get; set; } = _ => Task.CompletedTask;

    public Action<string> After { get; set; } = _ => { };

    /// <summary>Makes another answer of the server's; null for the same.</summary>
    public Func<string, HttpResponseMessage, HttpResponseMessage?> Change { get; set; } = (_, _) => null;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        Calls.Add(call);
        await BeforeAsync(call);
        var answer = await base.SendAsync(request, cancellationToken);
        After(call);
        return Change(call, answer) ?? answer;
    }
}
