using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Contracts.Support;
using Flatfile.Agent.Core.Drivers.Webhook;

namespace Core.Tests.Drivers;

/// <summary>Posts as a sender of Standard Webhooks does.</summary>
internal sealed class WebhookSender(Uri address, string? secret) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    public const string Path = "/webhook";

    /// <summary>Sends again and again until it is taken, under one message id.</summary>
    public async Task DeliverAsync(string body, string? id = null)
    {
        id ??= "msg_" + Guid.NewGuid().ToString("N");
        await Signal.UntilAsync(
            async () =>
            {
                try
                {
                    using var answer = await PostAsync(body, id);
                    return answer.StatusCode == HttpStatusCode.Accepted;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the post to be taken");
    }

    public Task<HttpResponseMessage> PostAsync(string body, string? id = null, DateTimeOffset? at = null, string? signature = null) =>
        PostAsync(Encoding.UTF8.GetBytes(body), id, at, signature);

    public async Task<HttpResponseMessage> PostAsync(byte[] body, string? id = null, DateTimeOffset? at = null, string? signature = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (secret is not null)
        {
            id ??= "msg_" + Guid.NewGuid().ToString("N");
            var seconds = (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", seconds);
            request.Headers.Add("webhook-signature", signature ?? Sign(secret, id, seconds, body));
        }

        return await _http.SendAsync(request);
    }

    public static string Sign(string secret, string id, string seconds, byte[] body) =>
        "v1," + Convert.ToBase64String(WebhookSecret.Sign(WebhookSecret.Read(secret)!, id, seconds, body));

    public void Dispose() => _http.Dispose();
}
