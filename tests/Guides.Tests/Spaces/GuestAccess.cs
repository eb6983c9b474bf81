using System.Text.Json.Nodes;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Allow external users to participate: named and temporary guests, held to domains, a role and settings.</summary>
public sealed class GuestAccess
{
    private const string Snippet =
        """
        {"name":"Customer Data Submission","guestAccess":true,"allowedDomains":["@customer.com"],"guestRole":"editor",
         "guestSettings":{"requireEmail":true,"allowDownload":false,"showProgressBar":true},
         "workbook":{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"name","type":"string"}]}]}}
        """;

    [Fact]
    public async Task Raw_HTTP_lets_a_named_guest_edit_in_its_space_and_nowhere_else()
    {
        await using var server = await GuideServer.StartAsync();
        var space = (await server.RawAsync("POST", "spaces", Snippet))["data"]!;
        var other = (await server.RawAsync("POST", "spaces", """{"name":"Another customer's"}"""))["data"]!["id"];
        var sheet = await SheetAsync(server, space);

        using var guest = server.NewHttp(await TokenAsync(server, space, "ada@customer.com"));

        await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Ada"}}]""", 200, guest);
        await server.RawAsync("PATCH", $"spaces/{space["id"]}", """{"name":"Mine"}""", 403, guest);
        await server.RawAsync("GET", $"spaces/{other}", null, 404, guest);
        Assert.Equal((string?)space["id"], (string?)Assert.Single((await server.RawAsync("GET", "spaces", null, 200, guest))["data"]!.AsArray())!["id"]);
    }

    [Theory]
    [InlineData("ada@customer.com", 200)]
    [InlineData("ada@CUSTOMER.com", 200)]
    [InlineData("ada@evil-customer.com", 403)]
    [InlineData("ada@customer.com.evil.org", 403)]
    [InlineData("ada@elsewhere.org", 403)]
    public async Task Raw_HTTP_admits_guests_of_the_allowed_domains_only(string email, int status)
    {
        await using var server = await GuideServer.StartAsync();
        var space = (await server.RawAsync("POST", "spaces", Snippet))["data"]!;

        await server.RawAsync("POST", "guests", Guest(server, space, email), status);
    }

    [Fact]
    public async Task Raw_HTTP_lets_no_guest_take_data_away_where_the_space_forbids_it()
    {
        await using var server = await GuideServer.StartAsync();
        var space = (await server.RawAsync("POST", "spaces", Snippet))["data"]!;
        var sheet = await SheetAsync(server, space);
        var file = await server.Client.Files.UploadAsync((string)space["id"]!, server.EnvironmentId, "a.csv", new MemoryStream("a\n1\n"u8.ToArray()));
        using var guest = server.NewHttp(await TokenAsync(server, space, "ada@customer.com"));

        await server.RawAsync("GET", $"files/{file.Id}", null, 200, guest);
        await server.RawAsync("GET", $"files/{file.Id}/download", null, 403, guest);
        await server.RawAsync("GET", $"sheets/{sheet}/download", null, 403, guest);
        await server.RawAsync("GET", $"sheets/{sheet}/records", null, 200, guest);
    }

    [Fact]
    public async Task Raw_HTTP_lets_a_viewing_guest_read_and_not_write()
    {
        await using var server = await GuideServer.StartAsync();
        var space = (await server.RawAsync("POST", "spaces", Snippet.Replace("\"editor\"", "\"viewer\"", StringComparison.Ordinal)))["data"]!;
        var sheet = await SheetAsync(server, space);
        using var guest = server.NewHttp(await TokenAsync(server, space, "ada@customer.com"));

        await server.RawAsync("GET", $"sheets/{sheet}/records", null, 200, guest);
        await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Ada"}}]""", 403, guest);
    }

    [Fact]
    public async Task Raw_HTTP_lets_whoever_has_a_shared_link_in_for_a_while()
    {
        var clock = new MovedTime();
        await using var server = await GuideServer.StartAsync(services: services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(services, clock));
        var space = (await server.RawAsync("POST", "spaces", """{"name":"Open house","guestAccess":true}"""))["data"]!;
        var link = new Uri((string)space["guestLink"]!);
        var shared = System.Web.HttpUtility.ParseQueryString(link.Query)["token"] ?? link.Fragment.Split("token=")[^1];

        var exchanged = (await server.RawAsync("POST", "invitations/exchange", new JsonObject { ["token"] = shared }.ToJsonString()))["data"]!;

        using var guest = server.NewHttp((string)exchanged["token"]!);
        await server.RawAsync("GET", $"spaces/{space["id"]}", null, 200, guest);
        clock.Advance(TimeSpan.FromDays(2));
        await server.RawAsync("GET", $"spaces/{space["id"]}", null, 401, guest);
    }

    [Fact]
    public async Task Raw_HTTP_ends_a_guests_token_with_the_guest()
    {
        await using var server = await GuideServer.StartAsync();
        var space = (await server.RawAsync("POST", "spaces", Snippet))["data"]!;
        using var http = server.NewHttp(await TokenAsync(server, space, "ada@customer.com"));
        await server.RawAsync("GET", $"spaces/{space["id"]}", null, 200, http);
        var guest = Assert.Single((await server.RawAsync("GET", $"guests?spaceId={space["id"]}"))["data"]!.AsArray())!;

        await server.RawAsync("DELETE", $"guests/{guest["id"]}");

        await server.RawAsync("GET", $"spaces/{space["id"]}", null, 401, http);
        var topics = await server.TopicsAsync((string)space["id"]!);
        Assert.Equal(["space:guestAdded", "space:guestRemoved"], topics.Where(topic => topic.StartsWith("space:guest", StringComparison.Ordinal)));
    }

    private static async Task<string> TokenAsync(GuideServer server, JsonNode space, string email)
    {
        var guest = (await server.RawAsync("POST", "guests", Guest(server, space, email)))["data"]![0]!;
        return (string)(await server.RawAsync("GET", $"guests/{guest["id"]}/token?spaceId={space["id"]}"))["data"]!["token"]!;
    }

    private static string Guest(GuideServer server, JsonNode space, string email) => new JsonArray(new JsonObject
    {
        ["environmentId"] = server.EnvironmentId, ["email"] = email, ["name"] = "Ada", ["spaces"] = new JsonArray(new JsonObject { ["id"] = (string)space["id"]! }),
    }).ToJsonString();

    private static async Task<string> SheetAsync(GuideServer server, JsonNode space) =>
        (string)(await server.RawAsync("GET", $"workbooks/{space["primaryWorkbookId"]}"))["data"]!["sheets"]![0]!["id"]!;
}
