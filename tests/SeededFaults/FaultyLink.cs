using System.Net;
using System.Text;
using Contracts.Services;
using Microsoft.AspNetCore.Http;

namespace SeededFaults;

/// <summary>The agent's way to Flatfile, through which its calls go out wrong.</summary>
internal sealed class FaultyLink(Uri target, LinkFault fault) : HttpRelay(target)
{
    private const string Fence = "X-Flatfile-Run-Fence";

    protected override async Task<HttpResponseMessage> AnswerAsync(HttpRequest request, byte[] body)
    {
        switch (fault)
        {
            case LinkFault.NoFence when request.Method != "GET":
                // Held for a moment, so that a pause of the agent finds a change on its way.
                request.Headers.Remove(Fence);
                await Task.Delay(TimeSpan.FromMilliseconds(500));
                break;
            case LinkFault.EndTwice when Path(request).EndsWith("/complete", StringComparison.Ordinal):
                using (await PassOnAsync(request, body))
                {
                    return await PassOnAsync(request, body);
                }

            case LinkFault.AnswerFirst when request.Method == "POST" && Path(request).EndsWith("/records", StringComparison.Ordinal):
                _ = SendLaterAsync(new LateRequest(request, body));
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"data":{"success":true,"records":[]}}""", Encoding.UTF8, "application/json") };
        }

        return await base.AnswerAsync(request, body);
    }

    private static string Path(HttpRequest request) => request.Path.Value ?? "";

    private async Task SendLaterAsync(LateRequest late)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        using var answer = await PassOnAsync(late.Request, late.Body);
    }

    /// <summary>A request that outlives the one it was copied from.</summary>
    private sealed class LateRequest
    {
        public LateRequest(HttpRequest from, byte[] body)
        {
            Request = new DefaultHttpContext().Request;
            Request.Method = from.Method;
            Request.Path = from.Path;
            Request.QueryString = from.QueryString;
            foreach (var (name, values) in from.Headers)
            {
                Request.Headers[name] = values;
            }

            Body = body;
        }

        public HttpRequest Request { get; }

        public byte[] Body { get; }
    }
}
