using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>A real HTTP server that takes webhooks, checks their signatures and answers as it is told.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly byte[] Key = Convert.FromBase64String("c2VjcmV0IG9mIDI0IGJ5dGVzIG9yIG1vcmU=");

    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public static string Secret => "whsec_" + Convert.ToBase64String(Key);

    /// <summary>What came, in order; also what was not taken.</summary>
    public ConcurrentQueue<Message> Messages { get; } = [];

    /// <summary>What is answered to a message; 200 without body unless told.</summary>
    public Func<Message, HttpResponse, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public Uri Address => new(new Uri(_app.Urls.First()), "hook");

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>An answer with a status and no body.</summary>
    public static Task Status(HttpResponse response, int status)
    {
        response.StatusCode = status;
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var (id, time) = (http.Request.Headers["webhook-id"].ToString(), http.Request.Headers["webhook-timestamp"].ToString());
        var signed = HMACSHA256.HashData(Key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body.ToArray()]);
        var message = new Message(
            id, long.Parse(time), http.Request.Headers["webhook-signature"].ToString().Split(' ').Contains("v1," + Convert.ToBase64String(signed)),
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), JsonNode.Parse(body.ToArray())!.AsObject());
        Messages.Enqueue(message);
        await Answer(message, http.Response);
    }

    /// <summary>One request.</summary>
    internal sealed record Message(string Id, long Time, bool IsSigned, IReadOnlyDictionary<string, string> Headers, JsonObject Body);
}
