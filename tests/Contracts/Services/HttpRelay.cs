using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Contracts.Services;

/// <summary>A server on a free loopback port that passes everything on to another one, answers as they come, event streams too.</summary>
/// <remarks>What was received whole reaches the other server also when the sender is gone: so does a call that is on its way.</remarks>
public abstract class HttpRelay : IAsyncDisposable
{
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase) { "Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Expect", "Content-Length" };

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 256 }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Uri _target;
    private readonly WebApplication _app;

    /// <param name="target">The other server.</param>
    protected HttpRelay(Uri target)
    {
        _target = target;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    /// <summary>Where it is found.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Begins to answer.</summary>
    public async Task StartAsync()
    {
        await _app.StartAsync();
        Address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gets the answer to a request; the way to look at both, and to change them.</summary>
    protected virtual Task<HttpResponseMessage> AnswerAsync(HttpRequest request, byte[] body) => PassOnAsync(request, body);

    /// <summary>Asks the other server.</summary>
    protected async Task<HttpResponseMessage> PassOnAsync(HttpRequest request, byte[] body)
    {
        using var copy = Copy(request, body);
        return await _http.SendAsync(copy, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var whole = new MemoryStream();
        await request.Body.CopyToAsync(whole);
        return whole.ToArray();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        try
        {
            using var answer = await AnswerAsync(context.Request, await BodyAsync(context.Request));
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !Own.Contains(h.Key)))
            {
                context.Response.Headers[name] = values.ToArray();
            }

            await using var content = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
            var buffer = new byte[64 * 1024];
            while (await content.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
            {
                // At once: a stream of events is one answer that does not end.
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or HttpRequestException)
        {
            // One side is gone: the other one sees a connection that breaks.
            context.Abort();
        }
    }

    private HttpRequestMessage Copy(HttpRequest from, byte[] body)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(_target, from.Path.ToUriComponent() + from.QueryString.ToUriComponent()));
        if (body.Length > 0 || from.Headers.ContentType.Count > 0)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, values) in from.Headers.Where(h => !Own.Contains(h.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return request;
    }
}
