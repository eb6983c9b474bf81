using System.Net.Sockets;
using System.Text;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Tests.Auth;
using Flatfile.Spaces.Tests.Files;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Http;

/// <summary>What the server spends on callers who have shown little: it must not be more than they are worth.</summary>
public sealed class StrangerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("auth")]
    [InlineData("auth/refresh-token")]
    [InlineData("invitations/exchange")]
    public async Task WhoHasShownNothingSendsFewBytes(string path)
    {
        await using var server = await SpacesServer.StartAsync();
        using var nobody = server.NewClient(null);

        Assert.Equal(413, (await server.SendAsync("POST", path, $$"""{"type":"{{new string('x', (int)BodyRoom.OfStrangers)}}"}""", nobody)).Status);
        Assert.NotEqual(413, (await server.SendAsync("POST", path, $$"""{"type":"{{new string('x', 1_000)}}"}""", nobody)).Status);
    }

    [Fact]
    public async Task APublishableKeyMakesASpaceOfSomeMegabytesAndNotMore()
    {
        await using var server = await SpacesServer.StartAsync();
        var key = (string)(await server.DataAsync("GET", $"auth/publishable-key?environmentId={server.Access.EnvironmentId}"))["rawKey"]!;
        using var page = server.NewClient(key);
        using var nobody = server.NewClient(null);
        string Space(long length) => $$"""{"name":"x","metadata":{"m":"{{new string('x', (int)length)}}"} }""";

        Assert.Equal(200, (await server.SendAsync("POST", "spaces", Space(BodyRoom.OfPages - 1_000), page)).Status);
        Assert.Equal(413, (await server.SendAsync("POST", "spaces", Space(BodyRoom.OfPages), page)).Status);
        Assert.Equal(413, (await server.SendAsync("POST", $"internal/spaces/init?publishableKey={key}", $$"""{"space":{{Space(BodyRoom.OfPages)}} }""", nobody)).Status);
        Assert.Equal(200, (await server.SendAsync("POST", "spaces", Space(BodyRoom.OfPages))).Status);
    }

    [Fact]
    public async Task OneGuestDoesNotFillTheMemoryWithBodiesItNeverEnds()
    {
        await using var server = await SpacesServer.StartAsync(configure: options => options.MaxBodyBytes = 100_000);
        var space = await server.SpaceAsync("""{"name":"S","guestAccess":true}""");
        var token = (string)(await server.DataAsync("GET", $"spaces/{space}"))["accessToken"]!;
        var open = new List<TcpClient>();
        for (var i = 0; i < 4; i++)
        {
            open.Add(await BeginAsync(server, token));
        }

        using var client = server.NewClient(token);
        var reply = await server.SendAsync("POST", "jobs", $$"""{"type":"{{new string('x', 90_000)}}"}""", client);
        Assert.Equal(429, reply.Status);
        Assert.Equal(400, (await server.SendAsync("POST", "jobs", $$"""{"type":"{{new string('x', 90_000)}}"}""")).Status);
        open.ForEach(one => one.Dispose());
        using var patience = new CancellationTokenSource(Patience);
        while (reply.Status == 429)
        {
            patience.Token.ThrowIfCancellationRequested();
            reply = await server.SendAsync("POST", "jobs", $$"""{"type":"{{new string('x', 90_000)}}"}""", client);
        }
    }

    [Fact]
    public async Task WhoMayUploadNowhereIsRefusedBeforeTheBytes()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync("""{"name":"S","guestAccess":true,"guestRole":"viewer","workbook":{"name":"W","sheets":[{"name":"A","fields":[]}]}}""");
        using var viewer = server.NewClient((string)(await server.DataAsync("GET", $"spaces/{space}"))["accessToken"]!);
        using var stranger = await Sign.InAsync(server, "nobody@example.com");

        foreach (var client in new[] { viewer, stranger })
        {
            // Cut off in the middle of the file: only who reads on sees that.
            Assert.Equal(403, (await server.FormAsync([("file", "a.csv", new string('x', 100_000))], client: client, whole: false)).Status);
            Assert.Equal(403, (await LinesAsync(client, "")).Status);
        }

        var sheet = (string)(await server.DataAsync("GET", $"sheets?workbookId={(await server.DataAsync("GET", $"spaces/{space}"))["primaryWorkbookId"]}"))[0]!["id"]!;
        Assert.Equal(403, (await LinesAsync(viewer, $"?sheetId={sheet}")).Status);
        Assert.Equal(404, (await LinesAsync(stranger, $"?sheetId={sheet}")).Status);
        Assert.Equal(400, (await LinesAsync(server.Client, $"?sheetId={sheet}")).Status);

        async Task<Reply> LinesAsync(HttpClient client, string query)
        {
            using var body = new StringContent("this is no gzip");
            body.Headers.ContentEncoding.Add("gzip");
            using var response = await client.PostAsync("/v2-alpha/records.jsonl" + query, body);
            return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task ASheetsLongNameMakesNoLongHeader()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.DataAsync("POST", "spaces", $$"""{"name":"S","workbook":{"name":"W","sheets":[{"name":"{{new string('é', 50_000)}}","slug":"a","fields":[{"key":"a","type":"string"}] }] } }""");
        var sheet = (string)(await server.DataAsync("GET", $"sheets?workbookId={space["primaryWorkbookId"]}"))[0]!["id"]!;

        Assert.Equal("a\r\n", (await server.SendAsync("GET", $"sheets/{sheet}/download")).Text);
    }

    /// <summary>A body whose end is missing. It is taken up when this returns: the server asks for a body only then.</summary>
    /// <remarks>Most of it is sent at once, as the server cuts off bodies that come too slowly, and none may be cut off while the test looks at it.</remarks>
    private static async Task<TcpClient> BeginAsync(SpacesServer server, string token)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 99000\r\nExpect: 100-continue\r\n\r\n"));
        var asked = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        using var patience = new CancellationTokenSource(Patience);
        await stream.ReadExactlyAsync(asked, patience.Token);
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(asked));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 98_000)));
        return client;
    }
}
