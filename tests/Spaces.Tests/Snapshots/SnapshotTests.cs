using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Flatfile.Spaces.Tests.Records;

namespace Flatfile.Spaces.Tests.Snapshots;

/// <summary>Snapshots over HTTP: made, compared, restored, removed.</summary>
public sealed class SnapshotTests : IAsyncLifetime
{
    private const string Fields =
        """{"key":"name","type":"string","constraints":[{"type":"unique"}]},{"key":"age","type":"number"},{"key":"note","type":"string"}""";

    private SheetBench _bench = null!;
    private string[] _ids = [];

    public async Task InitializeAsync()
    {
        _bench = await SheetBench.WithFieldsAsync(Fields);
        _ids = await _bench.InsertAsync("""[{"name":"Ann","age":"007"},{"name":"Bob","age":8},{"name":"Eve","age":9,"note":{"value":"n","messages":[{"type":"warn","message":"Hm"}]}}]""");
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task ASnapshotIsMadeAnnouncedListedAndRemoved()
    {
        var first = await MakeAsync(""","label":"before","threadId":"us_th_1" """);
        Assert.Equal("snapshot:created", await _bench.TopicsAsync());
        var second = await MakeAsync();

        Assert.Matches("^us_ss_[0-9A-Za-z]{8}$", Id(first));
        Assert.Equal("before", (string?)first["label"]);
        Assert.Equal(_bench.Sheet, (string?)first["sheetId"]);
        Assert.NotNull((string?)first["createdAt"]);
        Assert.NotNull((string?)first["createdBy"]);
        Assert.Null(first["config"]);
        Assert.Equal([Id(first), Id(second)], await ListAsync(""));
        Assert.Equal([Id(first)], await ListAsync("&threadId=us_th_1"));

        await _bench.Server.DataAsync("DELETE", $"snapshots/{Id(first)}");
        Assert.Equal([Id(second)], await ListAsync(""));
        Assert.Equal(404, (await _bench.Server.SendAsync("GET", $"snapshots/{Id(first)}")).Status);
    }

    [Fact]
    public async Task TheSummaryCountsRowsAndCellsOfEachKindOfChange()
    {
        var snapshot = await MakeAsync();
        await ChangeAsync();
        await _bench.Server.DataAsync("POST", $"sheets/{_bench.Sheet}/fields", """{"key":"new","type":"string"}""");
        await _bench.Server.DataAsync("DELETE", $"sheets/{_bench.Sheet}/fields/note");

        var summary = (await _bench.Server.DataAsync("GET", $"snapshots/{Id(snapshot)}?includeSummary=true"))["summary"]!;

        Assert.Equal("""{"total":1,"byField":{"name":1,"age":0}}""", summary["createdSince"]!.ToJsonString());
        Assert.Equal("""{"total":1,"byField":{"name":1,"age":1}}""", summary["updatedSince"]!.ToJsonString());
        Assert.Equal("""{"total":1,"byField":{"name":1,"age":1}}""", summary["deletedSince"]!.ToJsonString());
        Assert.Equal("""{"name":"unchanged","age":"unchanged","note":"removed","new":"added"}""", summary["schemaDiff"]!.ToJsonString());
        Assert.Equal(3, summary["config"]!["fields"]!.AsArray().Count);
    }

    [Fact]
    public async Task TheDifferenceShowsBothValuesByKindAndPage()
    {
        var snapshot = await MakeAsync();
        await ChangeAsync();

        var all = await DiffAsync(snapshot, "");
        Assert.Equal([_ids[0], _ids[1]], all.Take(2).Select(row => (string?)row!["id"]));
        Assert.Equal(3, all.Count);
        var updated = (await DiffAsync(snapshot, "?changeType=updatedSince"))[0]!["values"]!;
        Assert.Equal("""{"value":"Anna","snapshotValue":"Ann","messages":[],"valid":true}""", updated["name"]!.ToJsonString());
        Assert.Equal("7", updated["age"]!["snapshotValue"]!.ToJsonString());
        var deleted = (await DiffAsync(snapshot, "?changeType=deletedSince"))[0]!["values"]!["name"]!;
        Assert.Null(deleted["value"]);
        Assert.Equal("Bob", (string?)deleted["snapshotValue"]);
        var created = (await DiffAsync(snapshot, "?changeType=createdSince"))[0]!["values"]!["name"]!;
        Assert.Equal("New", (string?)created["value"]);
        Assert.Null(created["snapshotValue"]);
        Assert.Equal(_ids[1], (string?)(await DiffAsync(snapshot, "?pageSize=1&pageNumber=2"))[0]!["id"]);
        Assert.Empty(await DiffAsync(snapshot, "?pageSize=2&pageNumber=3"));
        Assert.Equal(400, (await _bench.Server.SendAsync("GET", $"snapshots/{Id(snapshot)}/records?changeType=other")).Status);
    }

    [Fact]
    public async Task ARestoreTakesAllChangesBackAndTellsOfThem()
    {
        var before = await TextAsync();
        var snapshot = await MakeAsync();
        await ChangeAsync();
        await _bench.Server.DataAsync("PUT", $"sheets/{_bench.Sheet}/records", $$$$"""[{"id":"{{{{_ids[2]}}}}","values":{"note":{"value":"other","messages":[]}}}]""");
        await _bench.NewsAsync();

        await _bench.Server.DataAsync("POST", $"snapshots/{Id(snapshot)}/restore");

        Assert.Equal(before, await TextAsync());
        Assert.Equal("3/3/0", await _bench.CountsAsync());
        var news = await _bench.NewsAsync();
        Assert.Equal(
            "records:deleted commit:created records:created records:updated sheet:counts-updated commit:completed space:records:validated",
            string.Join(' ', news.Select(one => (string)one["topic"]!)));
        Assert.Equal([1, 3, 1, 2], news.Take(4).Select(one => (int)one["payload"]!["count"]!));
        Assert.Equal("Ann Bob Eve", await _bench.ValuesAsync("name", $"?commitId={news[1]["context"]!["commitId"]}"));
        Assert.Empty(await DiffAsync(snapshot, ""));
    }

    [Theory]
    [InlineData("""{"created":true,"updated":false,"deleted":false}""", "Anna Eve")]
    [InlineData("""{"created":false,"updated":true,"deleted":false}""", "Ann Eve New")]
    [InlineData("""{"created":false,"updated":false,"deleted":true}""", "Anna Bob Eve New")]
    [InlineData("""{"created":false,"updated":false,"deleted":false}""", "Anna Eve New")]
    public async Task ARestoreOfSomeKindsLeavesTheOthers(string kinds, string names)
    {
        var snapshot = await MakeAsync();
        await ChangeAsync();

        await _bench.Server.DataAsync("POST", $"snapshots/{Id(snapshot)}/restore", kinds);

        Assert.Equal(names, await _bench.ValuesAsync("name"));
    }

    [Fact]
    public async Task UniqueValuesAreLookedAtAgainAfterARestore()
    {
        var snapshot = await MakeAsync();
        await _bench.Server.DataAsync("DELETE", $"sheets/{_bench.Sheet}/records?ids={_ids[1]}");
        await _bench.InsertAsync("""[{"name":"Bob"}]""");
        Assert.Equal("3/3/0", await _bench.CountsAsync());

        await _bench.Server.DataAsync("POST", $"snapshots/{Id(snapshot)}/restore", """{"deleted":true}""");
        Assert.Equal("4/2/2", await _bench.CountsAsync());

        await _bench.Server.DataAsync("POST", $"snapshots/{Id(snapshot)}/restore", """{"created":true}""");
        Assert.Equal("3/3/0", await _bench.CountsAsync());
    }

    [Fact]
    public async Task SnapshotsGoWithTheirSheet()
    {
        var snapshot = await MakeAsync();

        await _bench.Server.DataAsync("DELETE", $"sheets/{_bench.Sheet}");

        Assert.Equal(404, (await _bench.Server.SendAsync("GET", $"snapshots/{Id(snapshot)}")).Status);
        var folder = await _bench.Server.SpaceFolderAsync(_bench.Space);
        Assert.Equal(0, await folder.ReadAsync(
            read => Flatfile.Spaces.Storage.Sql.Number(read.Connection, "SELECT count(*) FROM sqlite_master WHERE name LIKE 's\\_%' ESCAPE '\\'"), CancellationToken.None));
    }

    [Fact]
    public async Task WhatCannotBeDoneIsSaid()
    {
        var snapshot = await MakeAsync();

        Assert.Equal(400, (await _bench.Server.SendAsync("POST", "snapshots", """{"label":5}""")).Status);
        Assert.Equal(404, (await _bench.Server.SendAsync("POST", "snapshots", """{"sheetId":"us_sh_00000000"}""")).Status);
        Assert.Equal(400, (await _bench.Server.SendAsync("GET", "snapshots")).Status);
        Assert.Equal(400, (await _bench.Server.SendAsync("POST", $"snapshots/{Id(snapshot)}/restore", """{"created":1}""")).Status);
        Assert.Equal(404, (await _bench.Server.SendAsync("POST", "snapshots/us_ss_00000000/restore")).Status);
    }

    /// <summary>All rows as they are answered, but for the times of their changes.</summary>
    private async Task<string> TextAsync() => Regex.Replace((await _bench.RowsAsync()).ToJsonString(), ",\"updatedAt\":\"[^\"]*\"", "");

    private static string Id(JsonNode snapshot) => (string)snapshot["id"]!;

    private Task<JsonNode> MakeAsync(string more = "") => _bench.Server.DataAsync("POST", "snapshots", $$"""{"sheetId":"{{_bench.Sheet}}"{{more}}}""");

    private async Task<string[]> ListAsync(string query) =>
        [.. (await _bench.Server.DataAsync("GET", $"snapshots?sheetId={_bench.Sheet}{query}")).AsArray().Select(one => (string)one!["id"]!)];

    private async Task<JsonArray> DiffAsync(JsonNode snapshot, string query) => (await _bench.Server.DataAsync("GET", $"snapshots/{Id(snapshot)}/records{query}")).AsArray();

    /// <summary>One row of each kind of change.</summary>
    private async Task ChangeAsync()
    {
        await _bench.Server.DataAsync("PUT", $"sheets/{_bench.Sheet}/records", $$$$"""[{"id":"{{{{_ids[0]}}}}","values":{"name":{"value":"Anna"},"age":{"value":70}}}]""");
        await _bench.Server.DataAsync("DELETE", $"sheets/{_bench.Sheet}/records?ids={_ids[1]}");
        await _bench.InsertAsync("""[{"name":"New"}]""");
    }
}
