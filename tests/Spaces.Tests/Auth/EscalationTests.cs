using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Files;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth;

/// <summary>What callers of little right try to get done by roundabout ways.</summary>
public sealed class EscalationTests : IAsyncLifetime
{
    private const string Book = """{"name":"S","guestAccess":true,"workbook":{"name":"W","sheets":[{"name":"A","fields":[{"key":"a","type":"string"}]}]},"users":[{"email":"ed@example.com","role":"editor"},{"email":"ann@example.com","role":"admin"}]}""";
    private SpacesServer _server = null!;
    private string _space = "";
    private HttpClient _editor = null!;
    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _space = await _server.SpaceAsync(Book);
        _editor = await Sign.InAsync(_server, "ed@example.com");
        _admin = await Sign.InAsync(_server, "ann@example.com");
    }

    public async Task DisposeAsync()
    {
        _editor.Dispose();
        _admin.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task AnEditorDoesNotDeleteAWorkbookByGivingItToAFile()
    {
        var workbook = (string)(await _server.DataAsync("POST", "workbooks", $$"""{"name":"Second","spaceId":"{{_space}}","sheets":[]}"""))["id"]!;
        var file = (string)(await _server.UploadAsync(_space))["id"]!;

        var given = await _server.SendAsync("PATCH", $"files/{file}", $$"""{"workbookId":"{{workbook}}"}""", _editor);
        await _server.DataAsync("DELETE", $"files/{file}", client: _editor);

        Assert.Equal(403, given.Status);
        Assert.Equal(200, (await _server.SendAsync("GET", $"workbooks/{workbook}")).Status);
    }

    [Fact]
    public async Task AFileKeepsTheWorkbookItWasExtractedToWhenAnEditorRenamesIt()
    {
        var workbook = (string)(await _server.DataAsync("POST", "workbooks", $$"""{"name":"[file] a","spaceId":"{{_space}}","sheets":[]}"""))["id"]!;
        var file = (string)(await _server.UploadAsync(_space))["id"]!;
        await _server.DataAsync("PATCH", $"files/{file}", $$"""{"workbookId":"{{workbook}}"}""");

        var renamed = await _server.DataAsync("PATCH", $"files/{file}", $$"""{"name":"b.csv","workbookId":"{{workbook}}"}""", _editor);

        Assert.Equal(("b.csv", workbook), ((string)renamed["name"]!, (string)renamed["workbookId"]!));
    }

    [Theory]
    [InlineData("https://evil.example/v1/x")]
    [InlineData("//evil.example/v1/x")]
    [InlineData("/\\evil.example")]
    [InlineData("@evil.example/")]
    [InlineData("v1/../../x")]
    [InlineData("v1/x\r\nHost: evil")]
    [InlineData("ftp://x")]
    public async Task AnEventSendsNoListenerElsewhereWithItsKey(string url)
    {
        var body = new JsonObject
        {
            ["topic"] = "commit:created", ["domain"] = "workbook", ["context"] = new JsonObject { ["spaceId"] = _space }, ["payload"] = new JsonObject(), ["dataUrl"] = url,
        };

        var reply = await _server.SendAsync("POST", "events", body.ToJsonString(), _admin);

        Assert.Equal(400, reply.Status);
        Assert.Equal(["dataUrl"], reply.Keys);
    }

    [Fact]
    public async Task AnEventOfOneSpaceNamesNothingOfAnotherOne()
    {
        var other = await _server.DataAsync("POST", "spaces", """{"name":"O","workbook":{"name":"W","sheets":[{"name":"A","fields":[]}]}}""");
        var workbook = (string)other["primaryWorkbookId"]!;
        var sheet = (string)(await _server.DataAsync("GET", $"sheets?workbookId={workbook}"))[0]!["id"]!;
        var texts = new HashSet<string>();
        foreach (var id in new[] { sheet, sheet[..^2] + (sheet.EndsWith("aa", StringComparison.Ordinal) ? "bb" : "aa") })
        {
            foreach (var (member, text) in new[] { ("context", $$"""{"spaceId":"{{_space}}","sheetId":"{{id}}"}"""), ("dataUrl", $"v1/sheets/{id}/records?x=1"), ("dataUrl", $"v1/sheets/us%5Fsh_{id[6..]}/records?x=1") })
            {
                var body = JsonNode.Parse($$"""{"topic":"commit:created","domain":"workbook","context":{"spaceId":"{{_space}}"},"payload":{} }""")!;
                body[member] = member == "context" ? JsonNode.Parse(text) : text;
                var reply = await _server.SendAsync("POST", "events", body.ToJsonString(), _admin);
                Assert.Equal(404, reply.Status);
                texts.Add(reply.Text.Replace(id, "", StringComparison.Ordinal));
            }
        }

        Assert.Single(texts);
        var own = (string)(await _server.DataAsync("GET", $"workbooks?spaceId={_space}"))[0]!["id"]!;
        await _server.DataAsync("POST", "events", $$"""{"topic":"x:y","domain":"workbook","context":{"spaceId":"{{_space}}","workbookId":"{{own}}"},"payload":{} }""", _admin);
    }

    [Fact]
    public async Task APublishableKeySetsNoLimitsByTheWayOfAPage()
    {
        var key = (string)(await _server.DataAsync("GET", $"auth/publishable-key?environmentId={_server.Access.EnvironmentId}"))["rawKey"]!;
        using var nobody = _server.NewClient(null);

        var reply = await _server.SendAsync("POST", $"internal/spaces/init?publishableKey={key}", """{"space":{"name":"x","limits":{"storageBytes":99999999999}}}""", nobody);

        Assert.Equal(403, reply.Status);
    }

    [Fact]
    public async Task AnIdempotencyKeyOfASecretKeyGivesAPublishableOneNothing()
    {
        const string body = """{"name":"Secret","guestAccess":true}""";
        var mine = await _server.SendAsync("POST", "spaces", body, idempotencyKey: "create-1");
        using var page = _server.NewClient((string)(await _server.DataAsync("GET", $"auth/publishable-key?environmentId={_server.Access.EnvironmentId}"))["rawKey"]!);

        var reply = await _server.SendAsync("POST", "spaces", body, page, "create-1");

        Assert.Equal(200, mine.Status);
        Assert.DoesNotContain((string)mine.Json["data"]!["id"]!, reply.Text, StringComparison.Ordinal);
        Assert.Equal(mine.Json["data"]!["id"]!.ToString(), (await _server.SendAsync("POST", "spaces", body, idempotencyKey: "create-1")).Json["data"]!["id"]!.ToString());
    }

    [Fact]
    public async Task ASharedLinkDoesNotMakeItsBearerAGuestSomebodyElseInvited()
    {
        var space = await _server.SpaceAsync("""{"name":"S","guestAccess":true,"guestRole":"viewer"}""");
        var guest = (await _server.DataAsync("POST", "guests", $$"""[{"email":"t@example.com","name":"T","temporary":true,"spaces":[{"id":"{{space}}"}]}]"""))[0]!;
        var link = new Uri((string)(await _server.DataAsync("GET", $"spaces/{space}"))["guestLink"]!).Query[7..];
        using var nobody = _server.NewClient(null);

        string? before = null;
        for (var i = 0; i < 2; i++)
        {
            var reply = await _server.DataAsync("POST", "invitations/exchange", $$"""{"token":"{{link}}","email":"t@example.com"}""", nobody);
            using var client = _server.NewClient((string)reply["token"]!);
            await _server.DataAsync("GET", $"spaces/{space}", client: client);
            var actors = (await _server.EventsAsync(space, "space:accessed")).Select(one => (string)one["context"]!["actorId"]!).Distinct().ToList();
            Assert.DoesNotContain((string)guest["id"]!, actors);
            Assert.Equal(before ??= Assert.Single(actors), Assert.Single(actors));
        }
    }

    [Fact]
    public async Task WhoManagesOneSpaceDoesNotLearnInWhichOthersItsGuestIs()
    {
        var other = await _server.SpaceAsync("""{"name":"O","guestAccess":true}""");
        await _server.DataAsync("POST", "guests", $$"""[{"email":"g@example.com","name":"G","spaces":[{"id":"{{other}}"}]}]""");

        var reply = await _server.DataAsync("POST", "guests", $$"""[{"email":"g@example.com","name":"G","spaces":[{"id":"{{_space}}"}]}]""", _admin);

        Assert.Equal(_space, (string)Assert.Single(reply[0]!["spaces"]!.AsArray())!["id"]!);
    }
}
