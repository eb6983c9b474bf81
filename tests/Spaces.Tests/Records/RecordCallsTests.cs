using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Records;

public sealed class RecordCallsTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private string _space = null!;
    private string _workbook = null!;
    private string _sheet = null!;

    private string Records => $"sheets/{_sheet}/records";

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _space = await _server.SpaceAsync();
        await WorkbookAsync(tracks: false);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task AnInsertAnswersItsRowsInOrderAndItsCommit()
    {
        var data = await _server.DataAsync("POST", Records, """[{"name":{"value":"Ann"}},{"name":{"value":"Bob"}},{}]""");

        Assert.True((bool)data["success"]!);
        Assert.Equal(["Ann", "Bob", null], data["records"]!.AsArray().Select(row => (string?)row!["values"]!["name"]!["value"]));
        Assert.Matches("^us_vr_[0-9A-Za-z]{8}$", (string)data["commitId"]!);
        Assert.Equal((string?)data["commitId"], (string?)data["versionId"]);
        var commit = await _server.DataAsync("GET", $"commits/{data["commitId"]}");
        Assert.Equal(_sheet, (string?)commit["sheetId"]);
        Assert.NotNull((string?)commit["completedAt"]);
    }

    [Fact]
    public async Task AnInsertIsToldByItsEventsInOrder()
    {
        var data = await _server.DataAsync("POST", Records, """[{"name":{"value":"Ann"}},{"name":{"value":null}}]""");

        var events = await EventsAsync();
        Assert.Equal(["commit:created", "records:created", "sheet:counts-updated", "commit:completed", "space:records:validated"], events.Select(Topic));
        var created = events[0];
        Assert.Equal($"v1/{Records}?commitId={data["commitId"]}&includeMessages=true&includeLinks=true", (string?)created["dataUrl"]);
        Assert.Equal((string?)data["commitId"], (string?)created["context"]!["commitId"]);
        Assert.Equal((string?)data["commitId"], (string?)created["context"]!["versionId"]);
        Assert.Equal(_sheet, (string?)created["context"]!["sheetId"]);
        Assert.Equal("people", (string?)created["context"]!["sheetSlug"]);
        Assert.False((bool)created["payload"]!["trackChanges"]!);
        Assert.Equal("sheet(people)", (string?)created["target"]);
        Assert.Equal(2, (int)events[1]["context"]!["recordCount"]!);
        Assert.Equal("""{"total":2,"valid":1,"error":1}""", events[2]["payload"]!["counts"]!.ToJsonString());
        var behind = await _server.DataAsync("GET", ((string)created["dataUrl"]!)["v1/".Length..]);
        Assert.Equal(2, behind["records"]!.AsArray().Count);
    }

    [Fact]
    public async Task AChangedValueMakesACommitAndAMessageAloneDoesNot()
    {
        var id = await InsertOneAsync("Ann");
        var before = (await EventsAsync()).Count;

        var changed = await _server.DataAsync("PUT", Records, $$$$"""[{"id":"{{{{id}}}}","values":{"name":{"value":"Eve"}}}]""");
        var afterValue = await EventsAsync();
        await _server.DataAsync("PUT", Records, $$$$"""[{"id":"{{{{id}}}}","values":{"name":{"value":"Eve","messages":[{"type":"error","message":"No"}]}}}]""");
        var afterMessage = await EventsAsync();
        var same = await _server.DataAsync("PUT", Records, $$$$"""[{"id":"{{{{id}}}}","values":{"name":{"value":"Eve"}}}]""");
        var afterNothing = await EventsAsync();

        Assert.Equal(["commit:created", "records:updated", "sheet:counts-updated", "commit:completed", "space:records:validated"], afterValue.Skip(before).Select(Topic));
        Assert.Equal(["records:updated", "sheet:counts-updated"], afterMessage.Skip(afterValue.Count).Select(Topic));
        Assert.Equal(afterMessage.Count, afterNothing.Count);
        Assert.Equal((string?)changed["commitId"], (string?)same["commitId"]);
        Assert.Equal((string?)same["commitId"], (string?)same["versionId"]);
        var rows = await _server.DataAsync("GET", $"{Records}?commitId={changed["commitId"]}");
        Assert.Equal("""[{"type":"error","message":"No"}]""", rows["records"]![0]!["values"]!["name"]!["messages"]!.ToJsonString());
    }

    [Fact]
    public async Task ForcedHooksMakeACommitAlthoughNothingChanged()
    {
        var id = await InsertOneAsync("Ann");
        var before = (await EventsAsync()).Count;
        using var client = _server.NewClient(_server.Access.DevelopmentKey);
        client.DefaultRequestHeaders.Add("x-force-hooks", "true");

        var data = await _server.DataAsync("PUT", Records, $$$$"""[{"id":"{{{{id}}}}","values":{"name":{"value":"Ann"}}}]""", client);

        Assert.Contains("commit:created", (await EventsAsync()).Skip(before).Select(Topic));
        Assert.Single((await _server.DataAsync("GET", $"{Records}?commitId={data["commitId"]}"))["records"]!.AsArray());
    }

    [Fact]
    public async Task AHooksAnswerCompletesTheCommitAndIsNoneOfItsOwn()
    {
        await WorkbookAsync(tracks: true);
        var inserted = await _server.DataAsync("POST", Records, """[{"name":{"value":"Ann"}}]""");
        Assert.Single((await _server.DataAsync("GET", $"sheets/{_sheet}/commits?completed=false")).AsArray());
        var created = (await EventsAsync()).First(one => Topic(one) == "commit:created");
        Assert.True((bool)created["payload"]!["trackChanges"]!);
        var before = (await EventsAsync()).Count;

        var row = inserted["records"]![0]!;
        var body = $$$$"""[{"id":"{{{{row["id"]}}}}","metadata":{},"config":{},"values":{"name":{"value":"ANN","messages":[{"type":"warn","source":"custom-logic","message":"Shouting"}]}}}]""";
        using var packed = new ByteArrayContent(Packed(body));
        packed.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        packed.Headers.ContentEncoding.Add("gzip");
        using var response = await _server.Client.PutAsync(((string)created["dataUrl"]!)["v1/".Length..], packed);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(["layer:created", "commit:updated", "commit:completed", "sheet:counts-updated", "space:records:validated"], (await EventsAsync()).Skip(before).Select(Topic));
        Assert.Empty((await _server.DataAsync("GET", $"sheets/{_sheet}/commits?completed=false")).AsArray());
        Assert.Single((await _server.DataAsync("GET", $"workbooks/{_workbook}/commits?completed=true")).AsArray());
        var behind = await _server.DataAsync("GET", $"{Records}?commitId={inserted["commitId"]}");
        Assert.Equal("ANN", (string?)behind["records"]![0]!["values"]!["name"]!["value"]);
        Assert.True((bool)behind["records"]![0]!["valid"]!);
    }

    [Fact]
    public async Task AnAnswerToACommitOfAnotherSheetIsRefused()
    {
        var commit = (string)(await _server.DataAsync("POST", Records, """[{"name":{"value":"Ann"}}]"""))["commitId"]!;
        var other = (string)(await _server.DataAsync(
            "POST", "workbooks", $$$"""{"spaceId":"{{{_space}}}","name":"V","sheets":[{"name":"S","fields":[{"key":"a","type":"string"}]}]}"""))["sheets"]![0]!["id"]!;

        var reply = await _server.SendAsync("PUT", $"sheets/{other}/records?commitId={commit}", "[]");

        Assert.Equal(404, reply.Status);
    }

    [Fact]
    public async Task CompletingACommitTwiceIsOneCompletion()
    {
        await WorkbookAsync(tracks: true);
        var commit = (string)(await _server.DataAsync("POST", Records, """[{"name":{"value":"Ann"}}]"""))["commitId"]!;

        await _server.DataAsync("POST", $"commits/{commit}/complete");
        await _server.DataAsync("POST", $"commits/{commit}/complete");
        await _server.DataAsync("POST", $"commits/{commit}/replay");

        Assert.Equal(
            ["commit:created", "records:created", "sheet:counts-updated", "commit:completed", "space:records:validated", "commit:created"],
            (await EventsAsync()).Select(Topic));
    }

    [Fact]
    public async Task ALargeCommitIsToldPageByPageAndStaysOpenUntilTheLast()
    {
        await WorkbookAsync(tracks: true);
        var rows = new StringBuilder("[");
        for (var i = 0; i < 25_000; i++)
        {
            rows.Append(i == 0 ? "" : ",").Append("{\"name\":{\"value\":\"n").Append(i).Append("\"}}");
        }

        using var client = _server.NewClient(_server.Access.DevelopmentKey);
        client.DefaultRequestHeaders.Add("Prefer", "return=minimal");
        var data = await _server.DataAsync("POST", Records, rows.Append(']').ToString(), client);

        Assert.Null(data["records"]);
        var pages = (await EventsAsync()).Where(one => Topic(one) == "commit:created").ToList();
        Assert.Equal(3, pages.Count);
        Assert.Equal("""{"progress":{"current":3,"total":3,"percent":100}}""", pages[2]["attributes"]!.ToJsonString());
        var counts = new List<int>();
        foreach (var page in pages)
        {
            Assert.Single((await _server.DataAsync("GET", $"sheets/{_sheet}/commits?completed=false")).AsArray());
            var url = ((string)page["dataUrl"]!)["v1/".Length..];
            var read = (await _server.DataAsync("GET", url))["records"]!.AsArray();
            counts.Add(read.Count);
            await _server.DataAsync("PUT", url, $$$$"""[{"id":"{{{{read[0]!["id"]}}}}","values":{}}]""");
        }

        Assert.Equal([10_000, 10_000, 5_000], counts);
        Assert.Empty((await _server.DataAsync("GET", $"sheets/{_sheet}/commits?completed=false")).AsArray());
    }

    [Fact]
    public async Task ARepeatedInsertAnswersTheSameCommitAndRowsAndInsertsNothing()
    {
        const string Body = """[{"name":{"value":"Ann"}},{"name":{"value":"Bob"}}]""";

        var first = await _server.SendAsync("POST", Records, Body, idempotencyKey: "job:1:page:1");
        var second = await _server.SendAsync("POST", Records, Body, idempotencyKey: "job:1:page:1");

        Assert.Equal(200, first.Status);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal(2, await TotalAsync());
        Assert.Single(await EventsAsync(), one => Topic(one) == "commit:created");
    }

    [Fact]
    public async Task DeletingNeedsIdsAndTellsWhatWent()
    {
        var id = await InsertOneAsync("Ann");
        await InsertOneAsync("Bob");
        var before = (await EventsAsync()).Count;

        var refused = await _server.SendAsync("DELETE", Records);
        await _server.DataAsync("DELETE", $"{Records}?ids={id}&ids=us_rc_ffff000000000001");

        Assert.Equal(400, refused.Status);
        Assert.Equal(1, await TotalAsync());
        var events = (await EventsAsync()).Skip(before).ToList();
        Assert.Equal(["records:deleted", "sheet:counts-updated"], events.Select(Topic));
        Assert.Equal(1, (int)events[0]["payload"]!["count"]!);
    }

    [Theory]
    [InlineData("?filter=odd", 400)]
    [InlineData("?sortField=nope", 400)]
    [InlineData("?sortDirection=up", 400)]
    [InlineData("?pageSize=0", 400)]
    [InlineData("?commitId=us_vr_00000000", 404)]
    [InlineData("?q=name%20is%20x", 400)]
    [InlineData("?pageNumber=-1", 400)]
    [InlineData("?pageSize=100001", 400)]
    [InlineData("?pageSize=ten", 400)]
    [InlineData("?filterField=nope&filter=error", 400)]
    public async Task AQueryThatCannotBeAnsweredIsRefusedBeforeTheAnswerBegins(string query, int status)
    {
        var reply = await _server.SendAsync("GET", Records + query);

        Assert.Equal(status, reply.Status);
        Assert.NotEmpty(reply.Message);
    }

    [Fact]
    public async Task ABodyThatIsNotUnderstoodLeavesNoTrace()
    {
        var before = (await EventsAsync()).Count;

        var reply = await _server.SendAsync("POST", Records, """[{"name":{"value":"Ann"}},5]""");

        Assert.Equal(400, reply.Status);
        Assert.Equal(0, await TotalAsync());
        Assert.Equal(before, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task CountsCellsAndPlacesAreAnswered()
    {
        await _server.DataAsync("POST", Records, """[{"name":{"value":"b"},"age":{"value":1}},{"name":{"value":"a"}},{"name":{"value":"b"}},{}]""");

        var counts = (await _server.DataAsync("GET", $"sheets/{_sheet}/counts?byField=true"))["counts"]!;
        var cells = await _server.DataAsync("GET", $"sheets/{_sheet}/cells?distinct=true&fieldKey=name&includeCounts=true");
        var places = await _server.SendAsync("GET", $"{Records}/indices?ids=us_rc_0001000000000001&ids=us_rc_0001000000000002&sortField=name");
        var page = await _server.DataAsync("GET", $"{Records}?filter=valid&includeCounts=true&pageSize=2&pageNumber=2");

        Assert.Equal((4, 3, 1), ((int)counts["total"]!, (int)counts["valid"]!, (int)counts["error"]!));
        Assert.Equal("""{"name":1}""", counts["errorsByField"]!.ToJsonString());
        Assert.Equal(3, (int)counts["byField"]!["age"]!["empty"]!);
        Assert.Equal([null, "a", "b"], cells["name"]!.AsArray().Select(cell => (string?)cell!["value"]));
        Assert.Equal(2, (int)cells["name"]![2]!["counts"]!["total"]!);
        Assert.Equal("""[{"id":"us_rc_0001000000000002","index":1},{"id":"us_rc_0001000000000001","index":2}]""", places.Text);
        Assert.Equal(["b"], page["records"]!.AsArray().Select(row => (string?)row!["values"]!["name"]!["value"]));
        Assert.Equal(3, (int)page["counts"]!["total"]!);
    }

    private static string Topic(JsonNode one) => (string)one["topic"]!;

    private static byte[] Packed(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }

    private async Task WorkbookAsync(bool tracks)
    {
        _space = await _server.SpaceAsync();
        var body = new JsonObject
        {
            ["spaceId"] = _space,
            ["name"] = "W",
            ["settings"] = new JsonObject { ["trackChanges"] = tracks },
            ["sheets"] = JsonNode.Parse(
                """[{"name":"People","slug":"people","fields":[{"key":"name","type":"string","constraints":[{"type":"required"}]},{"key":"age","type":"number"}]}]"""),
        };
        var workbook = await _server.DataAsync("POST", "workbooks", body.ToJsonString());
        _workbook = (string)workbook["id"]!;
        _sheet = (string)workbook["sheets"]![0]!["id"]!;
    }

    private async Task<string> InsertOneAsync(string name) =>
        (string)(await _server.DataAsync("POST", Records, $$$$"""[{"name":{"value":"{{{{name}}}}"}}]"""))["records"]![0]!["id"]!;

    private async Task<int> TotalAsync() => (int)(await _server.DataAsync("GET", $"sheets/{_sheet}/counts"))["counts"]!["total"]!;

    /// <summary>What was told of rows, oldest first.</summary>
    private async Task<List<JsonNode>> EventsAsync() =>
        [.. (await _server.DataAsync("GET", $"events?spaceId={_space}&since=2000-01-01T00:00:00Z&pageSize=1000")).AsArray()
            .Where(one => Topic(one!) is not ("space:created" or "space:updated" or "workbook:created" or "sheet:created" or "job:created" or "job:ready"))
            .Select(one => one!)];
}
