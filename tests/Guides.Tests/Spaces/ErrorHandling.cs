using System.Net;
using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Creation with retry: safe, because a repeat with the same key creates nothing new.</summary>
public sealed class ErrorHandling
{
    [Fact]
    public async Task The_typed_client_creates_one_space_although_answers_are_lost()
    {
        await using var server = await GuideServer.StartAsync();
        using var lossy = new LosesAnswers(2);
        using var flatfile = new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(server.Address, "v1"), Token = server.Key, MaxRetries = 3 }, lossy);

        var space = await flatfile.Spaces.CreateAsync(new SpaceConfig { Name = "Customer Import - Q1 2024" });

        Assert.Equal(3, lossy.Sent);
        var all = await server.RawAsync("GET", "spaces");
        Assert.Equal(space.Id, (string?)Assert.Single(all["data"]!.AsArray())!["id"]);
    }

    [Fact]
    public async Task Raw_HTTP_gets_the_same_answer_for_the_same_key()
    {
        await using var server = await GuideServer.StartAsync();
        server.Http.DefaultRequestHeaders.Add("Idempotency-Key", "customer-import-q1");

        var first = await server.RawAsync("POST", "spaces", """{"name":"Customer Import - Q1 2024"}""");
        var second = await server.RawAsync("POST", "spaces", """{"name":"Customer Import - Q1 2024"}""");

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        await server.RawAsync("POST", "spaces", """{"name":"Another one"}""", 422);
    }

    /// <summary>Sends the request and loses the answer, as a broken connection does.</summary>
    private sealed class LosesAnswers(int losses) : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Sent { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (++Sent > losses)
            {
                return response;
            }

            response.Dispose();
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("{}"), RequestMessage = request };
        }
    }
}
