using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Resources;

public class SheetResourceTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task ARebuiltWorkbookHasAllItsSheetsCheckedAgain()
    {
        var space = await world.Server.SpaceAsync();
        var workbook = await world.DataAsync(
            "POST", "workbooks",
            $$"""{"name":"W","spaceId":"{{space}}","sheets":[{"name":"A","fields":[{"key":"a","type":"string"}]},{"name":"B","fields":[{"key":"b","type":"string"}]}]}""");

        await world.DataAsync("POST", $"workbooks/{workbook["id"]}/rebuild");

        Assert.Equal(2, (await world.Server.TopicsAsync(space)).Count(topic => topic == "sheet:updated"));
        Assert.Equal(404, (await world.SendAsync("POST", $"workbooks/{workbook["id"]}/rebuild", client: world.Stranger)).Status);
    }

    [Fact]
    public async Task AClipHoldsCopiesOfRowsInASheetOfItsOwn()
    {
        var space = await world.Server.SpaceAsync();
        var workbook = await world.DataAsync(
            "POST", "workbooks",
            $$$"""
            {"name":"W","spaceId":"{{{space}}}","sheets":[
              {"name":"A","slug":"a","fields":[{"key":"a","type":"number"},{"key":"r","type":"reference","config":{"ref":"b","key":"b"}}]},
              {"name":"B","slug":"b","fields":[{"key":"b","type":"string"}]}]}
            """);
        var sheet = (string)workbook["sheets"]![0]!["id"]!;
        var rows = (await world.DataAsync("POST", $"sheets/{sheet}/records", """[{"a":{"value":1}},{"a":{"value":2}}]"""))["records"]!.AsArray();

        var clip = (await world.SendAsync("POST", "data-clips", $$"""{"name":"C","sourceSheetId":"{{sheet}}","sharedLinkAccess":"restricted"}""")).Json;
        var added = (await world.SendAsync("POST", $"data-clips/{clip["id"]}/add-records", $$"""{"recordIds":["{{rows[1]!["id"]}}"]}""")).Json;

        Assert.StartsWith("us_clip_", (string?)clip["id"]);
        Assert.Equal(2, (int)Assert.Single(added["records"]!.AsArray())!["values"]!["a"]!["value"]!);
        var held = (await world.DataAsync("GET", $"sheets/{clip["clipSheetId"]}/records"))["records"]!.AsArray();
        Assert.Equal(2, (int)Assert.Single(held)!["values"]!["a"]!["value"]!);
        Assert.Equal(404, (await world.SendAsync("POST", $"data-clips/{clip["id"]}/add-records", $$"""{"recordIds":["{{held[0]!["id"]}}"]}""")).Status);
        Assert.Equal(400, (await world.SendAsync("POST", $"data-clips/{clip["id"]}/add-records", """{"recordIds":[]}""")).Status);
        Assert.Equal(["name", "sourceSheetId"], (await world.SendAsync("POST", "data-clips", "{}")).Keys);
        Assert.Equal(501, (await world.SendAsync("GET", $"data-clips/{clip["id"]}/resolutions")).Status);

        foreach (var (query, found) in new[] { ("", 1), ($"&sheetId={sheet}", 1), ("&sheetId=us_sh_1", 0), ("&status=open", 1), ("&status=merged", 0) })
        {
            Assert.Equal(found, (await world.DataAsync("GET", $"data-clips?spaceId={space}{query}")).AsArray().Count(one => (string?)one!["data"]!["id"] == (string?)clip["id"]));
        }

        var changed = await world.DataAsync("PATCH", $"data-clips/{clip["id"]}", """{"name":null,"description":"d","collaborators":["us_usr_1"],"sharedLinkAccess":null}""");
        Assert.Equal(("C", "d", null), ((string?)changed["name"], (string?)changed["description"], (string?)changed["sharedLinkAccess"]));
        Assert.Equal(changed.ToJsonString(), (await world.DataAsync("GET", $"data-clips/{clip["id"]}")).ToJsonString());
        Assert.Equal(404, (await world.SendAsync("GET", $"data-clips/{clip["id"]}", client: world.Stranger)).Status);
        await world.DataAsync("DELETE", $"data-clips/{clip["id"]}");
        Assert.Equal(404, (await world.SendAsync("GET", $"data-clips/{clip["id"]}")).Status);
        Assert.Equal(404, (await world.SendAsync("GET", $"workbooks/{clip["workbookId"]}")).Status);
        Assert.Equal(
            ["data-clip:created", "data-clip:updated", "data-clip:collaborator-updated", "data-clip:updated", "data-clip:deleted"],
            (await world.DataAsync("GET", $"events?spaceId={space}&domain=data-clip&since=2000-01-01T00:00:00Z&pageSize=100")).AsArray().Select(one => (string)one!["topic"]!));
    }

    [Fact]
    public async Task AFlagIsRenamedByItsNewSlugAndSlugsAreUnique()
    {
        var path = "workbooks/{workbook}/flags";
        await world.SendAsync("POST", path, """{"slug":"a","label":"A","colorHex":"#fff"}""");
        await world.SendAsync("POST", path, """{"slug":"b","label":"B","colorHex":"#ffffff80"}""");

        Assert.Equal(409, (await world.SendAsync("POST", path, """{"slug":"a","label":"A","colorHex":"#fff"}""")).Status);
        Assert.Equal(409, (await world.SendAsync("PATCH", path + "/b", """{"newSlug":"a"}""")).Status);
        Assert.Equal("c", (string?)(await world.SendAsync("PATCH", path + "/b", """{"newSlug":"c"}""")).Json["slug"]);
        Assert.Equal(404, (await world.SendAsync("GET", path + "/b")).Status);
        Assert.Equal("B", (string?)(await world.SendAsync("GET", "../v1/v1/workbooks/{workbook}/flags/c")).Json["label"]);
        Assert.Equal(404, (await world.SendAsync("GET", "workbooks/us_wb_00000000/flags")).Status);
        await world.SendAsync("DELETE", path + "/a");
        await world.SendAsync("DELETE", path + "/c");
    }

    [Fact]
    public async Task AnalysesBelongToTheirSheet()
    {
        const string Body = """{"sheetId":"{sheet}","environmentId":"{environment}","spaceId":"{space}","workbookId":"{workbook}","analyses":[{"field":"a","result":{"x":1}},{"field":"b"}]}""";
        var made = (await world.DataAsync("POST", "analysis", Body)).AsArray();
        var at = $"analysis/{made[0]!["id"]}";

        Assert.Equal(2, (await world.DataAsync("GET", "analysis?sheetId={sheet}")).AsArray().Count);
        Assert.Equal("b", (string?)Assert.Single((await world.DataAsync("GET", "analysis?sheetId={sheet}&fields=[%22b%22]")).AsArray())!["field"]);
        var one = (await world.SendAsync("GET", at + "?sheetId={sheet}")).Json;
        Assert.Equal(1, (int)one["result"]!["x"]!);
        Assert.Equal((string?)one["id"], (string?)one["data"]!["id"]);
        Assert.Equal(400, (await world.SendAsync("GET", at)).Status);
        Assert.Equal(404, (await world.SendAsync("GET", at + "?sheetId={sheet}", client: world.Stranger)).Status);
        Assert.Equal(["workbookId"], (await world.SendAsync("POST", "analysis", Body.Replace("{workbook}", "us_wb_1", StringComparison.Ordinal))).Keys);
        Assert.Equal(["sheetId", "environmentId", "spaceId", "workbookId", "analyses[0].field"], (await world.SendAsync("POST", "analysis", """{"analyses":[{}]}""")).Keys);
        await world.DataAsync("DELETE", at + "?sheetId={sheet}");
        Assert.Equal(404, (await world.SendAsync("GET", at + "?sheetId={sheet}")).Status);
        Assert.Equal(1, (int)(await world.SendAsync("DELETE", "analysis?sheetId={sheet}")).Json["deleted"]!);
    }
}
