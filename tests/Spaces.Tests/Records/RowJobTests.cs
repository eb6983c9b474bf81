using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Records;

/// <summary>Jobs over rows that the server runs: deleting, finding and replacing.</summary>
public sealed class RowJobTests
{
    private const string Fields = """{"key":"name","type":"string","constraints":[{"type":"required"}]},{"key":"age","type":"number"}""";
    private const string Rows = """[{"name":"Ann","age":1},{"name":"Bob","age":2},{"age":3},{"name":"Eve","age":4},{"age":5}]""";

    /// <summary>The deleted rows are the selection without the exceptions, or the exceptions where nothing is selected.</summary>
    [Theory]
    [InlineData("""{"filter":"all"}""", "")]
    [InlineData("""{"filter":"none","exceptions":[0,2]}""", "2 4 5")]
    [InlineData("""{"exceptions":[0,2]}""", "2 4 5")]
    [InlineData("""{"filter":"all","exceptions":[0,2]}""", "1 3")]
    [InlineData("""{"filter":"valid"}""", "3 5")]
    [InlineData("""{"filter":"error","exceptions":[2]}""", "1 2 3 4")]
    [InlineData("""{"filter":"none"}""", "1 2 3 4 5")]
    [InlineData("{}", "1 2 3 4 5")]
    [InlineData("""{"q":"age gt 2"}""", "1 2")]
    [InlineData("""{"searchValue":"e","searchField":"name","exceptions":[3]}""", "1 2 3 4 5")]
    public async Task DeleteRecordsDeletesTheSelectionXorItsExceptions(string config, string left)
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        var ids = await bench.InsertAsync(Rows);
        var given = JsonNode.Parse(config)!.AsObject();
        given["sheet"] = bench.Sheet;
        if (given["exceptions"] is JsonArray places)
        {
            given["exceptions"] = new JsonArray([.. places.Select(place => (JsonNode)ids[(int)place!])]);
        }

        var job = await bench.JobAsync("workbook", "delete-records", bench.Workbook, given.ToJsonString());

        Assert.Equal("complete", (string?)job["status"]);
        Assert.Equal(left, await bench.ValuesAsync("age"));
        var deleted = 5 - left.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.Equal(deleted, (int)job["outcome"]!["deleted"]!);
        var topics = string.Join(' ', (await bench.NewsAsync()).Select(one => (string)one["topic"]!).Where(topic => !topic.StartsWith("job:", StringComparison.Ordinal)));
        Assert.Equal(deleted == 0 ? "" : "records:deleted sheet:counts-updated", topics);
    }

    [Fact]
    public async Task ASnapshotIsMadeFirstWhereALabelIsGivenAndBringsTheRowsBack()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        await bench.InsertAsync(Rows);

        var job = await bench.JobAsync("workbook", "delete-records", bench.Workbook, $$"""{"sheet":"{{bench.Sheet}}","filter":"all","snapshotLabel":"before"}""");
        var snapshot = (await bench.Server.DataAsync("GET", $"snapshots?sheetId={bench.Sheet}"))[0]!;
        await bench.Server.DataAsync("POST", $"snapshots/{snapshot["id"]}/restore");

        Assert.Equal("before", (string?)snapshot["label"]);
        Assert.Equal((string?)snapshot["id"], (string?)job["outcome"]!["snapshotId"]);
        Assert.Equal("1 2 3 4 5", await bench.ValuesAsync("age"));
    }

    [Theory]
    [InlineData("sheet", "{}")]
    [InlineData("workbook", """{"sheetId":"SHEET"}""")]
    public async Task FindReplaceIsAJobToo(string type, string config)
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        await bench.InsertAsync(Rows);
        var given = JsonNode.Parse(config.Replace("SHEET", bench.Sheet, StringComparison.Ordinal))!.AsObject();
        (given["fieldKey"], given["find"], given["replace"], given["filter"]) = ("name", "b", "d", "valid");

        var job = await bench.JobAsync(type, "find-replace", type == "sheet" ? bench.Sheet : bench.Workbook, given.ToJsonString());

        Assert.Equal("complete", (string?)job["status"]);
        Assert.Equal(1, (int)job["outcome"]!["changed"]!);
        Assert.Equal("Ann dod - Eve -", await bench.ValuesAsync("name"));
        var topics = (await bench.NewsAsync()).Select(one => (string)one["topic"]!).ToList();
        Assert.Contains("commit:created records:updated sheet:counts-updated commit:completed", string.Join(' ', topics));
    }

    [Theory]
    [InlineData("delete-records", """{"sheet":"us_sh_00000000","filter":"all"}""")]
    [InlineData("delete-records", """{"filter":"all"}""")]
    [InlineData("delete-records", """{"sheet":"SHEET","filter":"most"}""")]
    [InlineData("delete-records", """{"sheet":"SHEET","q":"age gt"}""")]
    [InlineData("delete-records", """{"sheet":"SHEET","filter":"all","snapshotLabel":5}""")]
    [InlineData("find-replace", """{"sheetId":"SHEET","find":"a"}""")]
    [InlineData("find-replace", """{"sheetId":"SHEET","fieldKey":"zzz"}""")]
    [InlineData("mutate-records", """{"sheetId":"SHEET","mutateRecord":"record => record"}""")]
    public async Task AJobThatCannotBeDoneIsRefusedAndNotMade(string operation, string config)
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);

        var reply = await bench.Server.SendAsync(
            "POST",
            "jobs",
            $$"""{"type":"workbook","operation":"{{operation}}","source":"{{bench.Workbook}}","trigger":"immediate","config":{{config.Replace("SHEET", bench.Sheet, StringComparison.Ordinal)}}}""");

        Assert.Equal(400, reply.Status);
        Assert.StartsWith("config", (string?)reply.Json["errors"]![0]!["key"]);
        Assert.Empty((await bench.Server.DataAsync("GET", $"jobs?spaceId={bench.Space}")).AsArray());
    }

    [Fact]
    public async Task APreviewOfAMutationSaysWhyThereIsNone()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);

        var reply = await bench.Server.SendAsync("POST", "jobs/preview-mutation", $$"""{"sheetId":"{{bench.Sheet}}","mutateRecord":"x"}""");

        Assert.Equal(400, reply.Status);
        Assert.Contains("JavaScript", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sheet", 1)]
    [InlineData("workbook", 2)]
    public async Task AnExportWritesTheSelectionAsCsvAmongTheSpacesFiles(string type, int files)
    {
        await using var bench = await SheetBench.WithAsync($$"""[{"name":"People","slug":"people","fields":[{{Fields}}]},{"name":"More","slug":"more","fields":[{{Fields}}]}]""");
        await bench.InsertAsync("""[{"name":"Ann \"A\", B","age":1},{"name":"Bob","age":2},{"age":3}]""");

        var job = await bench.JobAsync(type, "export", type == "sheet" ? bench.Sheet : bench.Workbook, """{"options":{"filter":"valid","sortField":"age","sortDirection":"desc"}}""");

        Assert.Equal("complete", (string?)job["status"]);
        var next = job["outcome"]!["next"]!;
        Assert.Equal("files", (string?)next["type"]);
        Assert.Equal(files, next["files"]!.AsArray().Count);
        var file = await bench.Server.DataAsync("GET", $"files/{next["files"]![0]!["fileId"]}");
        Assert.Equal("people.csv", (string?)file["name"]);
        Assert.Equal("export", (string?)file["mode"]);
        Assert.Equal("name,age\r\nBob,2\r\n\"Ann \"\"A\"\", B\",1\r\n", await bench.Server.Client.GetStringAsync($"files/{file["id"]}/download"));
    }

    [Fact]
    public async Task AnExportInAnotherFormatIsRefusedAndAnActionOfThatNameIsLeftToListeners()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        var body = $$$$"""{"type":"sheet","operation":"export","source":"{{{{bench.Sheet}}}}","trigger":"immediate","config":{"options":{"format":"xlsx"}}}""";

        Assert.Equal(400, (await bench.Server.SendAsync("POST", "jobs", body)).Status);
        Assert.Equal(400, (await bench.Server.SendAsync("POST", "jobs", body.Replace("\"format\":\"xlsx\"", "\"q\":\"age gt\"", StringComparison.Ordinal))).Status);
        await bench.Server.DataAsync("POST", "jobs", $$"""{"type":"sheet","operation":"export","source":"{{bench.Sheet}}","trigger":"immediate"}""");
        Assert.Equal("job:created job:ready", await bench.TopicsAsync());
    }

    /// <summary>The server is stopped between two batches and started anew over the same folder.</summary>
    [Fact]
    public async Task AStoppedJobGoesOnAtTheNextStartAndDeletesEachRowOnce()
    {
        using var folder = new TemporaryFolder();
        const int Count = 60_000;
        string space, sheet, job;
        await using (var server = await SpacesServer.StartAsync(folder.Path))
        {
            space = await server.SpaceAsync();
            var workbook = await server.DataAsync("POST", "workbooks", $$"""{"name":"w","spaceId":"{{space}}","sheets":[{"name":"s","slug":"s","fields":[{{Fields}}]}]}""");
            sheet = (string)workbook["sheets"]![0]!["id"]!;
            for (var page = 0; page < Count / 20_000; page++)
            {
                await server.DataAsync("POST", $"sheets/{sheet}/records", Many(20_000));
            }

            var made = await server.DataAsync(
                "POST", "jobs", $$$"""{"type":"workbook","operation":"delete-records","source":"{{{workbook["id"]}}}","trigger":"immediate","config":{"sheet":"{{{sheet}}}","filter":"all"}}""");
            job = (string)made["id"]!;
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while ((int)(await server.DataAsync("GET", $"sheets/{sheet}/counts"))["counts"]!["total"]! == Count)
            {
                Assert.False(limit.IsCancellationRequested, "Waited 30 s for the first batch to be deleted.");
            }
        }

        await using var next = await SpacesServer.StartAsync(folder.Path);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        JsonNode state;
        while ((string)(state = await next.DataAsync("GET", $"jobs/{job}"))["status"]! != "complete")
        {
            Assert.False(end.IsCancellationRequested, $"Waited 60 s for the job, which is {state["status"]}: {state["info"]}");
        }

        Assert.Equal(Count, (int)state["outcome"]!["deleted"]!);
        var deleted = (await next.DataAsync("GET", $"events?spaceId={space}&since=2000-01-01T00:00:00Z")).AsArray()
            .Where(one => (string)one!["topic"]! == "records:deleted").Select(one => (int)one!["payload"]!["count"]!).ToList();
        Assert.Equal(Count, deleted.Sum());
        Assert.True(deleted.Count > 1);
        Assert.Equal(0, (int)(await next.DataAsync("GET", $"sheets/{sheet}/counts"))["counts"]!["total"]!);
    }

    private static string Many(int count)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append("""{"name":"x"}""");
        }

        return text.Append(']').ToString();
    }
}
