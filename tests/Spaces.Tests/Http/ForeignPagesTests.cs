using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Http;

public sealed class ForeignPagesTests
{
    [Theory]
    [InlineData("*", "https://portal.example.com", "*")]
    [InlineData("https://portal.example.com", "https://portal.example.com", "https://portal.example.com")]
    [InlineData("https://portal.example.com", "https://elsewhere.example.com", null)]
    [InlineData(null, "https://portal.example.com", null)]
    public async Task APageOfAnotherOriginMayCallWhereItsOriginIsAllowed(string? allowed, string origin, string? answered)
    {
        await using var server = await SpacesServer.StartAsync(configure: options =>
        {
            options.AllowedOrigins.Clear();
            if (allowed is not null)
            {
                options.AllowedOrigins.Add(allowed);
            }
        });

        using var ask = new HttpRequestMessage(HttpMethod.Options, "spaces");
        ask.Headers.Add("Origin", origin);
        ask.Headers.Add("Access-Control-Request-Method", "POST");
        ask.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,x-disable-hooks");
        using var preflight = await server.NewClient(null).SendAsync(ask);
        using var call = new HttpRequestMessage(HttpMethod.Get, "spaces");
        call.Headers.Add("Origin", origin);
        using var answer = await server.Client.SendAsync(call);

        Assert.Equal(answered, Header(preflight, "Access-Control-Allow-Origin"));
        Assert.Equal(answered, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Null(Header(answer, "Access-Control-Allow-Credentials"));
        Assert.Equal(200, (int)answer.StatusCode);
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;
}
