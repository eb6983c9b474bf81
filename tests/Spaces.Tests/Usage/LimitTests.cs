using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Exchange;
using Flatfile.Spaces.Tests.Files;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Usage;

public sealed class LimitTests : IAsyncLifetime
{
    private const string Book = """{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]}]}""";

    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync(configure: options => options.MaxSpaceFiles = 3);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task RecordsBeyondTheLimitAreRefusedWholeAndToldWithLimitAndUse()
    {
        var (space, sheet) = await SpaceAsync("""{"maxRecords":10}""");
        await InsertAsync(sheet, 7);

        var refused = await _server.SendAsync("POST", $"sheets/{sheet}/records", Rows(4));

        Assert.Equal(409, refused.Status);
        Assert.Equal(["limits.maxRecords"], refused.Keys);
        Assert.Contains("may hold 10 records; it holds 7 and would hold 11", refused.Message, StringComparison.Ordinal);
        Assert.Equal(7, (int)(await _server.DataAsync("GET", $"spaces/{space}/usage"))["records"]!);
        await InsertAsync(sheet, 3);
        Assert.Equal(409, (await _server.SendAsync("POST", $"sheets/{sheet}/records", Rows(1))).Status);
    }

    [Fact]
    public async Task AFullSpaceIsEmptiedRenamedAndFilledAgain()
    {
        var (space, sheet) = await SpaceAsync("""{"maxRecords":5}""");
        await InsertAsync(sheet, 5);
        await _server.DataAsync("PATCH", $"spaces/{space}", """{"limits":{"maxRecords":2}}""");

        await _server.DataAsync("PATCH", $"spaces/{space}", """{"name":"other"}""");
        var rows = (await _server.DataAsync("GET", $"sheets/{sheet}/records"))["records"]!.AsArray();
        await _server.DataAsync("PUT", $"sheets/{sheet}/records", $$"""[{"id":"{{rows[0]!["id"]}}","values":{"a":{"value":"changed"} } }]""");
        Assert.Equal(409, (await _server.SendAsync("POST", $"sheets/{sheet}/records", Rows(1))).Status);
        await _server.DataAsync("DELETE", $"sheets/{sheet}/records?" + string.Join('&', rows.Take(4).Select(row => $"ids={row!["id"]}")));
        await InsertAsync(sheet, 1);
        await _server.DataAsync("PATCH", $"spaces/{space}", """{"limits":null}""");
        await InsertAsync(sheet, 20);
    }

    [Fact]
    public async Task FilesFollowTheServersOwnLimitUnlessTheSpaceHasOne()
    {
        var space = await _server.SpaceAsync();
        var free = await _server.SpaceAsync("""{"name":"free","limits":{"maxFiles":5}}""");
        for (var i = 0; i < 3; i++)
        {
            await _server.UploadAsync(space);
            await _server.UploadAsync(free);
        }

        (string, string?, string)[] form = [("spaceId", null, space), ("file", "a.txt", "x")];
        Assert.Equal(409, (await _server.FormAsync(form)).Status);
        await _server.UploadAsync(free);
        Assert.Equal(7, _server.Bytes().Length);
        Assert.Equal(3, (int)(await _server.DataAsync("GET", $"spaces/{space}/usage"))["limits"]!["maxFiles"]!);
        Assert.Equal(5, (int)(await _server.DataAsync("GET", $"spaces/{free}/usage"))["limits"]!["maxFiles"]!);
    }

    [Fact]
    public async Task StorageCountsFilesAndRecordsAndIsRefusedAsTooLarge()
    {
        var (space, sheet) = await SpaceAsync("""{"maxStorageBytes":1000000}""");
        await _server.UploadAsync(space, "a.bin", new string('x', 600_000));
        (string, string?, string)[] form = [("spaceId", null, space), ("file", "b.bin", new string('x', 400_000))];

        var refused = await _server.FormAsync(form);
        Assert.Equal(413, refused.Status);
        Assert.Contains("may hold 1000000 bytes", refused.Message, StringComparison.Ordinal);
        Assert.Single(_server.Bytes());
        var large = new JsonArray([.. Enumerable.Range(0, 300).Select(_ => (JsonNode)new JsonObject { ["a"] = new JsonObject { ["value"] = new string('y', 1_500) } })]);
        Assert.Equal(413, (await _server.SendAsync("POST", $"sheets/{sheet}/records", large.ToJsonString())).Status);
        await InsertAsync(sheet, 3);
        Assert.Equal(["space:limit:reached"], (await _server.TopicsAsync(space)).Where(topic => topic.StartsWith("space:limit", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SheetsAreCountedAlsoWhenTheSpaceIsMade()
    {
        var two = """{"name":"W","sheets":[{"name":"S","slug":"s","fields":[{"key":"a","type":"string"}]},{"name":"T","slug":"t","fields":[{"key":"a","type":"string"}]}]}""";
        var refused = await _server.SendAsync("POST", "spaces", $$"""{"name":"A","limits":{"maxSheets":1},"workbook":{{two}}}""");
        Assert.Equal(409, refused.Status);
        Assert.Empty((await _server.DataAsync("GET", "spaces")).AsArray());

        var (space, _) = await SpaceAsync("""{"maxSheets":2}""");
        Assert.Equal(409, (await _server.SendAsync("POST", "workbooks", $$"""{"spaceId":"{{space}}",{{two[1..]}}""")).Status);
        await _server.DataAsync("POST", "workbooks", $$"""{"spaceId":"{{space}}",{{Book[1..]}}""");
    }

    [Fact]
    public async Task NearingAndReachingALimitIsToldOnceEach()
    {
        var (space, sheet) = await SpaceAsync("""{"maxRecords":10}""");
        await InsertAsync(sheet, 7);
        Assert.Empty(await LimitEventsAsync(space));
        await InsertAsync(sheet, 1);
        await InsertAsync(sheet, 1);
        Assert.Equal(["space:limit:approached"], (await LimitEventsAsync(space)).Select(Topic));
        await InsertAsync(sheet, 1);
        await _server.SendAsync("POST", $"sheets/{sheet}/records", Rows(1));

        var told = await LimitEventsAsync(space);
        Assert.Equal(["space:limit:approached", "space:limit:reached"], told.Select(Topic));
        Assert.Equal("""{"limit":"maxRecords","most":10,"used":8,"percent":80}""", told[0]["payload"]!.ToJsonString());
        Assert.Equal("""{"limit":"maxRecords","most":10,"used":10,"percent":100}""", told[1]["payload"]!.ToJsonString());

        var rows = (await _server.DataAsync("GET", $"sheets/{sheet}/records"))["records"]!.AsArray();
        await _server.DataAsync("DELETE", $"sheets/{sheet}/records?" + string.Join('&', rows.Take(6).Select(row => $"ids={row!["id"]}")));
        await InsertAsync(sheet, 5);
        Assert.Equal(3, (await LimitEventsAsync(space)).Length);
    }

    [Fact]
    public async Task ARefusedChangeTellsThatTheLimitIsReached()
    {
        var (space, sheet) = await SpaceAsync("""{"maxRecords":10}""");
        await _server.SendAsync("POST", $"sheets/{sheet}/records", Rows(11));
        await _server.SendAsync("POST", $"sheets/{sheet}/records", Rows(11));

        var told = Assert.Single(await LimitEventsAsync(space));
        Assert.Equal("space:limit:reached", Topic(told));
        Assert.Equal(0, (int)told["payload"]!["used"]!);
    }

    [Fact]
    public async Task AnImportKeepsToTheLimitsOfTheServerItComesTo()
    {
        var space = await _server.SpaceAsync("""{"name":"four","limits":{"maxFiles":4}}""");
        for (var i = 0; i < 4; i++)
        {
            await _server.UploadAsync(space);
        }

        Assert.Equal(200, (await _server.ImportAsync(await _server.ExportAsync(space))).Status);
        await using var small = await SpacesServer.StartAsync(configure: options => options.MaxSpaceStorageBytes = 20_000);
        var refused = await small.ImportAsync(await _server.ExportAsync(space));
        Assert.Equal(413, refused.Status);
        Assert.Empty((await small.DataAsync("GET", "spaces")).AsArray());
    }

    [Fact]
    public async Task WhomLimitsHoldDoesNotSetThem()
    {
        var key = (string)(await _server.DataAsync("GET", $"auth/publishable-key?environmentId={_server.Access.EnvironmentId}"))["rawKey"]!;
        using var page = _server.NewClient(key);

        Assert.Equal(403, (await _server.SendAsync("POST", "spaces", """{"name":"A","limits":{"maxFiles":100}}""", page)).Status);
        Assert.Equal(403, (await _server.SendAsync("POST", "spaces", """{"name":"A","limits":null}""", page)).Status);
        Assert.Equal(200, (await _server.SendAsync("POST", "spaces", """{"name":"A"}""", page)).Status);
    }

    [Theory]
    [InlineData("""{"maxRecords":-1}""", "limits.maxRecords")]
    [InlineData("""{"maxRecords":"many"}""", "")]
    [InlineData("""{"maxRecords":1.5}""", "")]
    [InlineData("""{"maxDreams":1}""", "limits.maxDreams")]
    [InlineData("[]", "")]
    public async Task LimitsThatAreNone(string limits, string key)
    {
        var refused = await _server.SendAsync("POST", "spaces", $$"""{"name":"A","limits":{{limits}}}""");
        Assert.Equal(400, refused.Status);
        Assert.Contains(key, refused.Text, StringComparison.Ordinal);
    }

    private static string Topic(JsonNode @event) => (string)@event["topic"]!;

    private static string Rows(int count) => "[" + string.Join(',', Enumerable.Repeat("""{"a":{"value":"x"}}""", count)) + "]";

    private Task<JsonNode> InsertAsync(string sheet, int count) => _server.DataAsync("POST", $"sheets/{sheet}/records", Rows(count));

    private async Task<(string Space, string Sheet)> SpaceAsync(string limits)
    {
        var space = await _server.SpaceAsync($$"""{"name":"A","limits":{{limits}},"workbook":{{Book}}}""");
        return (space, (string)(await _server.DataAsync("GET", $"workbooks?spaceId={space}"))[0]!["sheets"]![0]!["id"]!);
    }

    private async Task<JsonNode[]> LimitEventsAsync(string space) =>
        [.. (await _server.DataAsync("GET", $"events?spaceId={space}&since=2000-01-01T00:00:00Z")).AsArray().Where(one => Topic(one!).StartsWith("space:limit", StringComparison.Ordinal))!];
}
