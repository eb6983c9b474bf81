using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Records;

/// <summary>Sheets that are odd or large: fields brought by rows, very many fields, references in a circle.</summary>
public sealed class SheetLimitTests
{
    [Fact]
    public async Task UnknownKeysBecomeFieldsWhereTheSheetAllowsItAndAreIgnoredElsewhere()
    {
        await using var open = await SheetBench.WithFieldsAsync("""{"key":"name","type":"string"}""", "\"allowAdditionalFields\":true,");
        await open.Server.DataAsync("POST", $"sheets/{open.Sheet}/records", """[{"name":"Ann","city":{"value":"Bonn"}},{"age":5,"name":"Bob"}]""");

        Assert.Equal("sheet:updated commit:created records:created sheet:counts-updated commit:completed space:records:validated", await open.TopicsAsync());
        Assert.Equal("Bonn -", await open.ValuesAsync("city"));
        Assert.Equal("- 5", await open.ValuesAsync("age"));
        Assert.Equal(["name", "city", "age"], await KeysAsync(open));

        await using var closed = await SheetBench.WithFieldsAsync("""{"key":"name","type":"string"}""");
        await closed.InsertAsync("""[{"name":"Ann","city":{"value":"Bonn"}}]""");
        Assert.Equal(["name"], await KeysAsync(closed));
    }

    [Fact]
    public async Task MoreFieldsThanASheetTakesAreRefusedWithTheLimitAlsoWhenRowsBringThem()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        var refused = await server.SendAsync("POST", "workbooks", Workbook(space, 5_000));
        Assert.Equal(400, refused.Status);
        Assert.Contains("at most 1000 fields", refused.Message, StringComparison.Ordinal);

        var sheet = (string)(await server.DataAsync("POST", "workbooks", Workbook(space, 1_000)))["sheets"]![0]!["id"]!;
        var row = new JsonObject(Enumerable.Range(0, 1_000).Select(i => KeyValuePair.Create($"f{i}", (JsonNode?)i)));
        await server.DataAsync("POST", $"sheets/{sheet}/records", new JsonArray(row).ToJsonString());
        var read = (await server.DataAsync("GET", $"sheets/{sheet}/records"))["records"]![0]!["values"]!;
        Assert.Equal("999", (string?)read["f999"]!["value"]);
        var tooMany = await server.SendAsync("POST", $"sheets/{sheet}/records", """[{"one more":1}]""");
        Assert.Equal(400, tooMany.Status);
        Assert.Contains("at most 1000 fields", tooMany.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReferencesInACircleResolveAndDoNotHang()
    {
        await using var bench = await SheetBench.WithAsync(
            """
            [{"name":"A","slug":"a","fields":[{"key":"id","type":"reference","config":{"ref":"b","key":"id","relationship":"has-one"}}]},
             {"name":"B","slug":"b","fields":[{"key":"id","type":"reference","config":{"ref":"c","key":"id","relationship":"has-one"}}]},
             {"name":"C","slug":"c","fields":[{"key":"id","type":"reference","config":{"ref":"a","key":"id","relationship":"has-one"}}]},
             {"name":"D","slug":"d","fields":[{"key":"id","type":"string"},{"key":"boss","type":"reference","config":{"ref":"d","key":"id","relationship":"has-one"}}]}]
            """);

        await bench.InsertAsync("""[{"id":"x"}]""", 0);
        await bench.InsertAsync("""[{"id":"x"}]""", 1);
        Assert.Equal("1/1/0", await bench.CountsAsync(0));
        Assert.Equal("1/0/1", await bench.CountsAsync(1));
        await bench.InsertAsync("""[{"id":"x"}]""", 2);
        Assert.Equal("1/1/0", await bench.CountsAsync(1));
        Assert.Equal("1/1/0", await bench.CountsAsync(2));

        await bench.InsertAsync("""[{"id":"1","boss":"2"},{"id":"2","boss":"1"},{"id":"3","boss":"3"},{"id":"4","boss":"9"}]""", 3);
        Assert.Equal("4/3/1", await bench.CountsAsync(3));
        var linked = await bench.RowsAsync("?includeLinks=true", 3);
        Assert.Equal("2", (string?)linked[0]!["values"]!["boss"]!["links"]![0]!["values"]!["id"]!["value"]);
    }

    private static async Task<string[]> KeysAsync(SheetBench bench) =>
        [.. (await bench.Server.DataAsync("GET", $"sheets/{bench.Sheet}"))["config"]!["fields"]!.AsArray().Select(field => (string)field!["key"]!)];

    private static string Workbook(string space, int fields) => new JsonObject
    {
        ["name"] = "w",
        ["spaceId"] = space,
        ["sheets"] = new JsonArray(new JsonObject
        {
            ["name"] = "s",
            ["slug"] = "s",
            ["allowAdditionalFields"] = true,
            ["fields"] = new JsonArray([.. Enumerable.Range(0, fields).Select(i => new JsonObject { ["key"] = $"f{i}", ["type"] = "string" })]),
        }),
    }.ToJsonString();
}
