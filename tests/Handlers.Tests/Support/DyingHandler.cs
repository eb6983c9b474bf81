using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>Passes calls on to the real server and dies at one of them: before it is sent, or after it was answered.</summary>
internal sealed class DyingHandler(Uri server, int place) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private int _place = place;
    private int _met;

    /// <summary>Bytes of an answer of lines before it breaks off; null for all.</summary>
    public int? CutAfter { get; init; }

    public FlatfileClient Client(string key) => new(new FlatfileClientOptions { BaseAddress = server, Token = key, MaxRetries = 0 }, this);

    public void Pass()
    {
        if (++_met == _place)
        {
            throw new Crash();
        }
    }

    public void Revive() => _place = int.MaxValue;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Pass();
        var answer = await base.SendAsync(request, cancellationToken);
        if (request.Method != HttpMethod.Get)
        {
            Pass();
        }

        if (CutAfter is { } cut && request.RequestUri!.AbsolutePath.EndsWith("records.jsonl", StringComparison.Ordinal))
        {
            answer.Content = new StreamContent(new CutStream(await answer.Content.ReadAsStreamAsync(cancellationToken), cut));
        }

        return answer;
    }
}
