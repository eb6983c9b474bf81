using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Workbooks;

public sealed class WorkbookCallsTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private string _space = null!;

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _space = await _server.SpaceAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task AWorkbookComesBackWithItsSheetsInOrderAndUnknownMembers()
    {
        var created = await CreateAsync(
            """
            "name":"W","labels":["file"],"namespace":"crm","metadata":{"a":[1]},"settings":{"trackChanges":true},"treatments":["EXTRACTED_FROM_SOURCE"],"own":{"x":1},
            "actions":[{"operation":"submit","label":"Submit"}],
            "sheets":[
              {"name":"Second Sheet!","fields":[{"key":"b","type":"number","own":1}],"metadata":{"rowHeaders":[1]},"own":2},
              {"name":"First","slug":"first","fields":[{"key":"a","type":"string","label":"A"}]}]
            """);

        var read = await _server.DataAsync("GET", $"workbooks/{created["id"]}");

        Assert.Matches("^us_wb_[0-9A-Za-z]{8}$", (string)read["id"]!);
        Assert.Equal(_space, (string)read["spaceId"]!);
        Assert.Equal(_server.Access.EnvironmentId, (string)read["environmentId"]!);
        Assert.Equal(1, (int)read["own"]!["x"]!);
        Assert.True((bool)read["settings"]!["trackChanges"]!);
        Assert.Equal("Submit", (string)read["actions"]![0]!["label"]!);
        var sheet = read["sheets"]![0]!;
        Assert.Equal(("Second Sheet!", "second-sheet"), ((string)sheet["name"]!, (string)sheet["slug"]!));
        Assert.Equal("second-sheet", (string)sheet["config"]!["slug"]!);
        Assert.Equal(2, (int)sheet["config"]!["own"]!);
        Assert.Equal(1, (int)sheet["config"]!["fields"]![0]!["own"]!);
        Assert.Equal(1, (int)sheet["metadata"]!["rowHeaders"]![0]!);
        Assert.Equal((string)read["id"]!, (string)sheet["workbookId"]!);
        Assert.Equal("first", (string)read["sheets"]![1]!["slug"]!);
        Assert.Equal(
            ["space:created", "workbook:created", "sheet:created", "sheet:created"], await _server.TopicsAsync(_space));
        Assert.Equal(1, (int)(await _server.DataAsync("GET", $"spaces/{_space}"))["workbooksCount"]!);
    }

    [Fact]
    public async Task AnUpdateMergesSheetsByIdThenBySlugAndLeavesTheOthers()
    {
        var workbook = await CreateAsync(
            """
            "name":"W","sheets":[
              {"name":"A","slug":"a","description":"d","fields":[{"key":"x","type":"string"},{"key":"y","type":"string"}]},
              {"name":"B","slug":"b","fields":[{"key":"x","type":"string"}]},
              {"name":"C","slug":"c","fields":[{"key":"x","type":"string"}]}]
            """);
        var a = (string)workbook["sheets"]![0]!["id"]!;

        var updated = await _server.DataAsync("PATCH", $"workbooks/{workbook["id"]}",
            $$$"""
            {"name":null,"labels":["pinned"],"metadata":{"m":1},"sheets":[
              {"id":"{{{a}}}","slug":"a","config":{"name":"A","slug":"a","fields":[{"key":"x","type":"string","metadata":{"mapped":true}}]},"createdAt":"1999-01-01T00:00:00Z"},
              {"slug":"b","description":"new","name":null},
              {"name":"D","fields":[]}]}
            """);

        Assert.Equal("W", (string)updated["name"]!);
        Assert.Equal(["a", "b", "c", "d"], updated["sheets"]!.AsArray().Select(sheet => (string)sheet!["slug"]!));
        var first = updated["sheets"]![0]!;
        Assert.Equal(a, (string)first["id"]!);
        Assert.Single(first["config"]!["fields"]!.AsArray());
        Assert.Null(first["config"]!["description"]);
        Assert.NotEqual(1999, DateTimeOffset.Parse((string)first["createdAt"]!).Year);
        Assert.Equal(("B", "new"), ((string)updated["sheets"]![1]!["name"]!, (string)updated["sheets"]![1]!["config"]!["description"]!));
        Assert.Equal(
            ["sheet:updated", "sheet:updated", "sheet:created", "workbook:updated"], (await _server.TopicsAsync(_space))[^4..]);
        Assert.Equal(updated.ToJsonString(), await WithoutCountsAsync($"workbooks/{workbook["id"]}"));
    }

    [Fact]
    public async Task AnUpdateThatChangesNothingInASheetDoesNotAnnounceIt()
    {
        var workbook = await CreateAsync("""
            "name":"W","sheets":[{"name":"A","slug":"a","fields":[{"key":"x","type":"string"}]}]
            """);

        await _server.DataAsync("PATCH", $"workbooks/{workbook["id"]}", """{"sheets":[{"slug":"a","fields":[{"type":"string","key":"x"}]}]}""");

        Assert.Equal(["sheet:created", "workbook:updated"], (await _server.TopicsAsync(_space))[^2..]);
    }

    [Fact]
    public async Task DeletingAWorkbookTakesItsSheetsAndIsNoLongerPrimary()
    {
        var space = await _server.DataAsync("POST", "spaces", """{"workbook":{"name":"W","sheets":[{"name":"A","fields":[{"key":"x","type":"string"}]}]}}""");
        var workbook = (string)space["primaryWorkbookId"]!;
        var sheet = (string)(await _server.DataAsync("GET", $"sheets?workbookId={workbook}"))[0]!["id"]!;

        await _server.DataAsync("DELETE", $"workbooks/{workbook}");

        Assert.Equal(404, (await _server.SendAsync("GET", $"workbooks/{workbook}")).Status);
        Assert.Equal(404, (await _server.SendAsync("GET", $"sheets/{sheet}")).Status);
        Assert.Equal(404, (await _server.SendAsync("GET", $"sheets?workbookId={workbook}")).Status);
        Assert.Equal(404, (await _server.SendAsync("DELETE", $"workbooks/{workbook}")).Status);
        Assert.Null((await _server.DataAsync("GET", $"spaces/{space["id"]}"))["primaryWorkbookId"]);
        Assert.Equal(["sheet:deleted", "workbook:deleted"], (await _server.TopicsAsync((string)space["id"]!))[^2..]);
    }

    [Theory]
    [InlineData("", "W1,W2,W3")]
    [InlineData("name=W1", "W1")]
    [InlineData("name=-W1", "W2,W3")]
    [InlineData("namespace=crm", "W1")]
    [InlineData("label=file", "W2")]
    [InlineData("label=-file", "W1,W3")]
    [InlineData("treatment=SMALL_DATA", "W3")]
    public async Task ListsAreFiltered(string query, string expected)
    {
        await CreateAsync("\"name\":\"W1\",\"namespace\":\"crm\"");
        await CreateAsync("\"name\":\"W2\",\"labels\":[\"file\"]");
        await CreateAsync("\"name\":\"W3\",\"treatments\":[\"SMALL_DATA\"]");

        var found = (await _server.DataAsync("GET", $"workbooks?spaceId={_space}&{query}")).AsArray();

        Assert.Equal(expected, string.Join(',', found.Select(one => (string)one!["name"]!)));
        Assert.NotNull(found[0]!["sheets"]);
        Assert.Null((await _server.DataAsync("GET", $"workbooks?spaceId={_space}&includeSheets=false"))[0]!["sheets"]);
        Assert.Equal(3, (await _server.DataAsync("GET", "workbooks")).AsArray().Count);
    }

    [Theory]
    [InlineData("\"name\":\"\"", "name")]
    [InlineData("\"labels\":[]", null)]
    [InlineData("\"name\":\"W\",\"sheets\":{}", "sheets")]
    [InlineData("\"name\":\"W\",\"sheets\":[1]", "sheets[0]")]
    [InlineData("\"name\":\"W\",\"settings\":7", "settings")]
    public async Task FaultyWorkbooksAreRefused(string members, string? key)
    {
        var reply = await _server.SendAsync("POST", "workbooks", $$"""{"spaceId":"{{_space}}",{{members}}}""");

        Assert.Equal(400, reply.Status);
        if (key is not null)
        {
            Assert.Equal(key, reply.Keys.Single());
        }

        Assert.Equal(["space:created"], await _server.TopicsAsync(_space));
    }

    [Fact]
    public async Task AWorkbookIsCreatedInASpaceAndStaysThere()
    {
        Assert.Equal(400, (await _server.SendAsync("POST", "workbooks", """{"name":"W"}""")).Status);
        var workbook = await CreateAsync("\"name\":\"W\"");
        var other = await _server.SpaceAsync();
        Assert.Equal(400, (await _server.SendAsync("PATCH", $"workbooks/{workbook["id"]}", $$"""{"spaceId":"{{other}}"}""")).Status);
    }

    [Fact]
    public async Task AWorkbookOfAnotherSpaceCannotBecomePrimary()
    {
        var other = await _server.SpaceAsync();
        var workbook = await CreateAsync("\"name\":\"W\"");

        Assert.Equal(400, (await _server.SendAsync("PATCH", $"spaces/{other}", $$"""{"primaryWorkbookId":"{{workbook["id"]}}"}""")).Status);
        Assert.Equal(200, (await _server.SendAsync("PATCH", $"spaces/{_space}", $$"""{"primaryWorkbookId":"{{workbook["id"]}}"}""")).Status);
        Assert.Equal(200, (await _server.SendAsync("PATCH", $"spaces/{_space}", """{"primaryWorkbookId":""}""")).Status);
    }

    private Task<JsonNode> CreateAsync(string members) => _server.DataAsync("POST", "workbooks", $$"""{"spaceId":"{{_space}}",{{members}}}""");

    private async Task<string> WithoutCountsAsync(string path)
    {
        var workbook = await _server.DataAsync("GET", path);
        foreach (var sheet in workbook["sheets"]!.AsArray())
        {
            sheet!.AsObject().Remove("recordCounts");
        }

        return workbook.ToJsonString();
    }

    [Fact]
    public async Task NullClearsTheLabelsOfAWorkbookToAnEmptyList()
    {
        var workbook = await CreateAsync("\"name\":\"W\",\"labels\":[\"file\"]");

        var changed = await _server.DataAsync("PATCH", $"workbooks/{workbook["id"]}", """{"labels":null,"name":null}""");

        Assert.Empty(changed["labels"]!.AsArray());
        Assert.Equal("W", (string?)changed["name"]);
        Assert.Empty((await CreateAsync("\"name\":\"W\",\"labels\":null"))["labels"]!.AsArray());
    }
}
