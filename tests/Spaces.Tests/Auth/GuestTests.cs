using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth.Guests;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth;

/// <summary>Guests as the guide of spaces describes them: named and temporary, by link, by domain, with a role, without downloads.</summary>
public sealed class GuestTests : IAsyncLifetime
{
    private readonly SteppedTime _time = new();
    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync(time: _time);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("a@customer.com", true)]
    [InlineData("a@CUSTOMER.com", true)]
    [InlineData("a+b@customer.com", true)]
    [InlineData("a@evil-customer.com", false)]
    [InlineData("a@evilcustomer.com", false)]
    [InlineData("a@sub.customer.com", false)]
    [InlineData("a@customer.com.evil.com", false)]
    [InlineData("a@customer.com.", false)]
    [InlineData("a@customer.com@evil.com", false)]
    [InlineData("a@evil.com@customer.com", false)]
    [InlineData("\"a@customer.com\"@evil.com", false)]
    [InlineData("a@customer.com\n@evil.com", false)]
    [InlineData("a@evil.com\n@customer.com", false)]
    [InlineData("a@xn--customer-xyz.com", false)]
    [InlineData("a@\u212Austomer.com", false)]
    [InlineData("@customer.com", false)]
    public async Task OnlyAddressesOfTheVeryDomainGetIn(string email, bool admitted)
    {
        var space = await _server.SpaceAsync("""{"name":"Customers","guestAccess":true,"guestAuthentication":["shared_link"],"allowedDomains":["@customer.com"]}""");

        var created = await _server.SendAsync("POST", "guests", Guest(space, email));
        var exchanged = await ExchangeAsync(await LinkTokenAsync(space), email);

        Assert.True(admitted ? created.Status == 200 : created.Status is 400 or 403, $"{created.Status} {created.Text}");
        Assert.True(admitted ? (bool)exchanged.Json["data"]!["valid"]! : exchanged.Status is 400 or 403, $"{exchanged.Status} {exchanged.Text}");
    }

    [Theory]
    [InlineData("""["*"]""")]
    [InlineData("""["@"]""")]
    [InlineData("""[""]""")]
    [InlineData("""["@*.customer.com"]""")]
    [InlineData("""["a@customer.com"]""")]
    [InlineData("""[7]""")]
    [InlineData("""  "@customer.com" """)]
    public async Task ADomainThatIsNoneIsRefused(string domains) =>
        Assert.Equal(400, (await _server.SendAsync("POST", "spaces", $$"""{"name":"x","allowedDomains":{{domains}}}""")).Status);

    [Fact]
    public async Task NamedGuestsComeAndGoWithTheirEventsOnce()
    {
        var space = await _server.SpaceAsync("""{"name":"S","guestAccess":true}""");
        var other = await _server.SpaceAsync("""{"name":"T","guestAccess":true}""");

        var guest = (await _server.DataAsync("POST", "guests", Guest(space, "jane@example.com")))[0]!;
        var again = (await _server.DataAsync("POST", "guests", Guest(other, "JANE@example.com")))[0]!;

        Assert.Equal((string)guest["id"]!, (string)again["id"]!);
        Assert.Equal([space, other], again["spaces"]!.AsArray().Select(one => (string)one!["id"]!));
        Assert.Single((await _server.DataAsync("GET", $"guests?spaceId={space}&email=jane@example.com")).AsArray());
        Assert.Empty((await _server.DataAsync("GET", $"guests?spaceId={space}&email=joe@example.com")).AsArray());
        using var client = await GuestAsync(guest, space);
        Assert.Equal(200, (await _server.SendAsync("GET", $"spaces/{space}", client: client)).Status);
        Assert.Equal(404, (await _server.SendAsync("GET", $"spaces/{other}", client: client)).Status);
        Assert.Single((await _server.DataAsync("GET", "spaces", client: client)).AsArray());
        Assert.NotNull((await _server.DataAsync("GET", $"guests/{guest["id"]}"))["spaces"]![0]!["lastAccessed"]);

        await _server.DataAsync("DELETE", $"guests/{guest["id"]}?spaceId={space}");
        Assert.Equal(404, (await _server.SendAsync("GET", $"spaces/{space}", client: client)).Status);
        await _server.DataAsync("DELETE", $"guests/{guest["id"]}");
        Assert.Equal(401, (await _server.SendAsync("GET", "spaces", client: client)).Status);
        Assert.Equal(["space:created", "space:guestAdded", "space:accessed", "space:guestRemoved"], await _server.TopicsAsync(space));
        Assert.Equal(["space:created", "space:guestAdded", "space:guestRemoved"], await _server.TopicsAsync(other));
        var added = (await _server.DataAsync("GET", $"events?spaceId={space}&topic=space:guestAdded"))[0]!;
        Assert.Equal((string)guest["id"]!, (string)added["payload"]!["guestId"]!);
        Assert.Equal((string)guest["id"]!, (string)added["context"]!["entityId"]!);
    }

    [Fact]
    public async Task ANoticeThatIsDeliveredAgainAfterACrashIsNotAnnouncedAgain()
    {
        var space = await _server.SpaceAsync("""{"name":"S","guestAccess":true}""");
        await _server.DataAsync("POST", "guests", Guest(space, "jane@example.com"));

        // As if the process had died after the space's commit and before the notice was removed.
        await _server.Service<CentralStore>().WriteAsync(
            "", "",
            change => change.Connection.Execute(
                "INSERT INTO guest_notices(number, space, actor, topic, guest) SELECT seq, 1, 'us_key_1', 'space:guestAdded', 'us_g_1' FROM sqlite_sequence WHERE name = 'guest_notices'"),
            CancellationToken.None);
        await _server.Service<GuestExpiry>().RunOnceAsync(CancellationToken.None);

        Assert.Single(await _server.TopicsAsync(space), topic => topic == "space:guestAdded");
        Assert.Equal(0, await _server.Service<CentralStore>().ReadAsync(connection => connection.Number("SELECT count(*) FROM guest_notices"), CancellationToken.None));
    }

    [Fact]
    public async Task ATemporaryGuestsTimeEndsTheTokenAtOnceAndTheGuestSoonAfter()
    {
        var space = await _server.SpaceAsync("""{"name":"S","guestAccess":true}""");
        var end = Flatfile.Spaces.Http.Wire.Time(_time.GetUtcNow().AddMinutes(30));
        var guest = (await _server.DataAsync("POST", "guests", $$"""[{"email":"t@example.com","name":"T","expiresAt":"{{end}}","spaces":[{"id":"{{space}}"}]}]"""))[0]!;
        using var client = await GuestAsync(guest, space);
        Assert.Equal(200, (await _server.SendAsync("GET", $"spaces/{space}", client: client)).Status);

        _time.Step(TimeSpan.FromMinutes(31));

        Assert.Equal(401, (await _server.SendAsync("GET", $"spaces/{space}", client: client)).Status);
        Assert.Equal(404, (await _server.SendAsync("GET", $"guests/{guest["id"]}")).Status);
        await _server.Service<GuestExpiry>().RunOnceAsync(CancellationToken.None);
        await _server.Service<GuestExpiry>().RunOnceAsync(CancellationToken.None);
        Assert.Single(await _server.TopicsAsync(space), topic => topic == "space:guestRemoved");
    }

    [Fact]
    public async Task ASharedLinkLetsInAndIsNoBearerAndGuestAccessOffShutsOutAtOnce()
    {
        var space = await _server.SpaceAsync("""{"name":"S","guestAccess":true,"guestRole":"viewer"}""");
        var link = await LinkTokenAsync(space);
        using var bearer = _server.NewClient(link);
        Assert.Equal(401, (await _server.SendAsync("GET", $"spaces/{space}", client: bearer)).Status);

        var nameless = (string)(await ExchangeAsync(link, null)).Json["data"]!["token"]!;
        using var client = _server.NewClient(nameless);
        var seen = await _server.DataAsync("GET", $"spaces/{space}", client: client);
        Assert.Null(seen["accessToken"]);
        Assert.Null(seen["guestLink"]);
        Assert.Null(seen["users"]);
        Assert.Equal(403, (await _server.SendAsync("POST", "jobs", $$"""{"type":"space","operation":"x","source":"{{space}}"}""", client)).Status);
        Assert.Equal(403, (await _server.SendAsync("PATCH", $"spaces/{space}", """{"guestRole":"editor"}""", client)).Status);

        await _server.DataAsync("PATCH", $"spaces/{space}", """{"guestRole":"editor"}""");
        Assert.Equal(200, (await _server.SendAsync("POST", "jobs", $$"""{"type":"space","operation":"x","source":"{{space}}"}""", client)).Status);

        await _server.DataAsync("PATCH", $"spaces/{space}", """{"guestAccess":false}""");
        Assert.Equal(403, (await _server.SendAsync("GET", $"spaces/{space}", client: client)).Status);
        Assert.Empty((await _server.DataAsync("GET", "spaces", client: client)).AsArray());
        Assert.False((bool)(await ExchangeAsync(link, null)).Json["data"]!["valid"]!);
        Assert.Null((await _server.DataAsync("GET", $"spaces/{space}"))["guestLink"]);

        await _server.DataAsync("DELETE", $"spaces/{space}");
        Assert.Equal(401, (await _server.SendAsync("GET", $"spaces/{space}", client: client)).Status);
    }

    [Fact]
    public async Task TheTokenInASpaceIsAGuestOfThatSpaceAlone()
    {
        var space = await _server.DataAsync("POST", "spaces", """{"name":"S","guestAccess":true}""");
        var other = await _server.SpaceAsync("""{"name":"T","guestAccess":true}""");
        using var client = _server.NewClient((string)space["accessToken"]!);

        Assert.Equal(200, (await _server.SendAsync("GET", $"files?spaceId={space["id"]}", client: client)).Status);
        Assert.Equal(404, (await _server.SendAsync("GET", $"files?spaceId={other}", client: client)).Status);
        Assert.Equal(403, (await _server.SendAsync("POST", "spaces", "{}", client)).Status);
        _time.Step(TimeSpan.FromDays(2));
        Assert.Equal(401, (await _server.SendAsync("GET", $"files?spaceId={space["id"]}", client: client)).Status);
    }

    [Fact]
    public async Task ASpaceThatRequiresAnEmailHasNoNamelessGuests()
    {
        var space = await _server.DataAsync("POST", "spaces", """{"name":"S","guestAccess":true,"guestSettings":{"requireEmail":true}}""");
        var link = await LinkTokenAsync((string)space["id"]!);

        Assert.Null(space["accessToken"]);
        Assert.Equal(403, (await ExchangeAsync(link, null)).Status);
        var token = (string)(await ExchangeAsync(link, "jane@example.com")).Json["data"]!["token"]!;
        using var client = _server.NewClient(token);
        Assert.Equal(200, (await _server.SendAsync("GET", $"spaces/{space["id"]}", client: client)).Status);
        Assert.NotNull((await _server.DataAsync("GET", $"guests?spaceId={space["id"]}&email=jane@example.com"))[0]!["expiresAt"]);
    }

    [Fact]
    public async Task GuestsOfASpaceWithoutDownloadsReadAndTakeNothingAway()
    {
        var space = await _server.DataAsync(
            "POST", "spaces",
            """{"name":"S","guestAccess":true,"guestSettings":{"allowDownload":false},"workbook":{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]}}""");
        var sheet = (string)(await _server.DataAsync("GET", $"sheets?workbookId={space["primaryWorkbookId"]}"))[0]!["id"]!;
        var snapshot = (string)(await _server.DataAsync("POST", "snapshots", $$"""{"sheetId":"{{sheet}}","label":"l"}"""))["id"]!;
        using var form = Walk.WalkMaker.Upload((string)space["id"]!);
        using var uploaded = await _server.Client.PostAsync(new Uri("files", UriKind.Relative), form);
        var file = (string)JsonNode.Parse(await uploaded.Content.ReadAsStringAsync())!["data"]!["id"]!;
        using var client = _server.NewClient((string)space["accessToken"]!);

        Assert.Equal(200, (await _server.SendAsync("GET", $"sheets/{sheet}/records", client: client)).Status);
        Assert.Equal(200, (await _server.SendAsync("GET", $"files/{file}", client: client)).Status);
        foreach (var path in new[] { $"files/{file}/download", $"sheets/{sheet}/download", $"../v2-alpha/records.jsonl?sheetId={sheet}", $"snapshots/{snapshot}/records" })
        {
            Assert.Equal(403, (await _server.SendAsync("GET", path, client: client)).Status);
            Assert.Equal(200, (await _server.SendAsync("GET", path)).Status);
        }
    }

    [Fact]
    public async Task AMagicLinkIsSentToTheGuestAndWorksOnce()
    {
        var space = await _server.SpaceAsync("""{"name":"S","guestAuthentication":["magic_link"],"allowedDomains":["@customer.com"]}""");
        var guest = (await _server.DataAsync("POST", "guests", Guest(space, "jane@customer.com")))[0]!;

        await _server.DataAsync("POST", "invitations", $$"""[{"guestId":"{{guest["id"]}}","spaceId":"{{space}}","fromName":"Joe","message":"Come in"}]""");
        var asked = await _server.SendAsync("POST", "invitations/exchange", $$"""{"email":"jane@customer.com","spaceId":"{{space}}"}""");
        var stranger = await _server.SendAsync("POST", "invitations/exchange", $$"""{"email":"joe@customer.com","spaceId":"{{space}}"}""");
        var nowhere = await _server.SendAsync("POST", "invitations/exchange", """{"email":"joe@customer.com","spaceId":"us_sp_00000000"}""");

        Assert.Equal(asked.Text.Replace("jane", "joe", StringComparison.Ordinal), stranger.Text);
        Assert.Equal(stranger.Text, nowhere.Text);
        var mails = Directory.GetFiles(Path.Combine(_server.Folder, "mail"));
        Assert.Equal(2, mails.Length);
        var text = await File.ReadAllTextAsync(mails.Order().First());
        Assert.Contains("To: jane@customer.com", text, StringComparison.Ordinal);
        Assert.Contains("Come in", text, StringComparison.Ordinal);
        var token = text[(text.IndexOf("?token=", StringComparison.Ordinal) + 7)..].Split('\n', '\r')[0];
        using var client = _server.NewClient((string)(await ExchangeAsync(token, null)).Json["data"]!["token"]!);
        Assert.Equal(200, (await _server.SendAsync("GET", $"spaces/{space}", client: client)).Status);
        Assert.False((bool)(await ExchangeAsync(token, null)).Json["data"]!["valid"]!);
        Assert.False((bool)(await ExchangeAsync("invite_nonsense.nonsense", null)).Json["data"]!["valid"]!);
    }

    [Fact]
    public async Task ASharedLinkOfASpaceWithDomainsSendsALinkToTheAddressInsteadOfBelievingIt()
    {
        var space = await _server.SpaceAsync("""{"name":"S","guestAccess":true,"allowedDomains":["@customer.com"]}""");

        var reply = await ExchangeAsync(await LinkTokenAsync(space), "jane@customer.com");

        Assert.False((bool)reply.Json["data"]!["valid"]!);
        Assert.Equal("jane@customer.com", (string)reply.Json["data"]!["sentTo"]!);
        Assert.Single(Directory.GetFiles(Path.Combine(_server.Folder, "mail")));
    }

    [Fact]
    public async Task WhoOnlyManagesASpaceSeesAndChangesItsGuestsAsFarAsThatSpaceGoes()
    {
        var space = await _server.SpaceAsync("""{"name":"S","guestAccess":true,"users":[{"email":"admin@example.com","role":"admin"}]}""");
        var other = await _server.SpaceAsync("""{"name":"T","guestAccess":true}""");
        var guest = (await _server.DataAsync("POST", "guests", Guest(space, "g@example.com")))[0]!;
        await _server.DataAsync("POST", "guests", Guest(other, "g@example.com"));
        using var admin = await Sign.InAsync(_server, "admin@example.com");

        Assert.Equal([space], (await _server.DataAsync("GET", $"guests/{guest["id"]}", client: admin))["spaces"]!.AsArray().Select(one => (string)one!["id"]!));
        Assert.Equal(403, (await _server.SendAsync("PATCH", $"guests/{guest["id"]}", """{"email":"mine@example.com"}""", admin)).Status);
        Assert.Equal(403, (await _server.SendAsync("DELETE", $"guests/{guest["id"]}", client: admin)).Status);
        Assert.Equal(403, (await _server.SendAsync("GET", $"guests/{guest["id"]}/token", client: admin)).Status);
        Assert.Equal(404, (await _server.SendAsync("GET", $"guests/{guest["id"]}/token?spaceId={other}", client: admin)).Status);
        await _server.DataAsync("PATCH", $"guests/{guest["id"]}", """{"spaces":[]}""", admin);
        Assert.Equal([other], (await _server.DataAsync("GET", $"guests/{guest["id"]}"))["spaces"]!.AsArray().Select(one => (string)one!["id"]!));
        Assert.Equal(501, (await _server.SendAsync("POST", "guests", $$"""[{"email":"n@example.com","name":"N","spaces":[{"id":"{{space}}","sheets":[{"id":"us_sh_1"}]}]}]""")).Status);
    }

    private static string Guest(string space, string email) =>
        new JsonArray(new JsonObject { ["email"] = email, ["name"] = "Guest", ["spaces"] = new JsonArray(new JsonObject { ["id"] = space }) }).ToJsonString();

    private async Task<string> LinkTokenAsync(string space)
    {
        var link = (string)(await _server.DataAsync("GET", $"spaces/{space}"))["guestLink"]!;
        return Uri.UnescapeDataString(link[(link.IndexOf("?token=", StringComparison.Ordinal) + 7)..]);
    }

    private Task<Reply> ExchangeAsync(string token, string? email) =>
        _server.SendAsync("POST", "invitations/exchange", new JsonObject { ["token"] = token, ["email"] = email }.ToJsonString());

    private async Task<HttpClient> GuestAsync(JsonNode guest, string space) =>
        _server.NewClient((string)(await _server.DataAsync("GET", $"guests/{guest["id"]}/token?spaceId={space}"))["token"]!);
}
