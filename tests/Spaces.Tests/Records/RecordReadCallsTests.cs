using System.Text.Json.Nodes;
using Flatfile.Api;

namespace Flatfile.Spaces.Tests.Records;

public class RecordReadCallsTests
{
    private const string Fields =
        """
        {"key":"name","type":"string","label":"Full name","constraints":[{"type":"required"}]},{"key":"age","type":"number","label":"Age, \"about\""},
        {"key":"born","type":"date"},{"key":"tags","type":"string-list"},{"key":"vip","type":"boolean"}
        """;

    private const string Rows =
        """
        [{"name":{"value":"Ann"},"age":{"value":"007"},"born":{"value":"1 Mar 1996"},"tags":{"value":["a","b"]},"vip":{"value":"yes"}},
         {"name":{"value":"=1+1, \"x\"\nnext"},"age":{"value":"2.5"},"vip":{"value":false}},
         {"age":{"value":"old"}},
         {"name":{"value":"Bob"},"age":{"value":"2.5","messages":[{"type":"warn","message":"Young"}]}}]
        """;

    [Fact]
    public async Task ADownloadIsCsvOfTheSelectionWithLabels()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        await bench.InsertAsync(Rows);

        using var answer = await bench.Server.Client.GetAsync($"sheets/{bench.Sheet}/download");

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=People.csv; filename*=UTF-8''People.csv", answer.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(
            "Full name,\"Age, \"\"about\"\"\",born,tags,vip\r\nAnn,7,1996-03-01,\"a, b\",true\r\n\"=1+1, \"\"x\"\"\nnext\",2.5,,,false\r\n,old,,,\r\nBob,2.5,,,\r\n",
            await answer.Content.ReadAsStringAsync());
        Assert.EndsWith("vip\r\nBob,2.5,,,\r\nAnn,7,1996-03-01,\"a, b\",true\r\n", await TextAsync(bench, $"sheets/{bench.Sheet}/download?q=name+ilike+%25n%25+or+name+eq+Bob&filter=valid&searchValue=b&sortField=name&sortDirection=desc"), StringComparison.Ordinal);
        Assert.Equal(400, (await bench.Server.SendAsync("GET", $"sheets/{bench.Sheet}/download?q=name+is")).Status);
        Assert.Equal(404, (await bench.Server.SendAsync("GET", "sheets/us_sh_00000000/download")).Status);
    }

    [Fact]
    public async Task ASheetOfOneColumnHasALineForEveryRow()
    {
        await using var bench = await SheetBench.WithFieldsAsync("""{"key":"a","type":"string"}""");
        await bench.InsertAsync("""[{},{"a":{"value":"x"}}]""");

        Assert.Equal("a\r\n\"\"\r\nx\r\n", await TextAsync(bench, $"sheets/{bench.Sheet}/download"));
    }

    [Fact]
    public async Task CalculationsSayWhatIsInTheColumns()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        await bench.InsertAsync(Rows);

        var all = (await bench.Server.DataAsync("GET", $"sheets/{bench.Sheet}/calculations")).AsArray();
        var some = (await bench.Server.DataAsync("GET", $"sheets/{bench.Sheet}/calculations?filter=valid&q=age+lt+7")).AsArray();

        Assert.Equal("1 3 25 75", Of(all, "name", "COUNT_EMPTY", "COUNT_NON_EMPTY", "PERCENT_EMPTY", "PERCENT_NON_EMPTY"));
        Assert.Equal("12 4 2.5 7", Of(all, "age", "SUM", "AVERAGE", "MIN", "MAX"));
        Assert.Equal("5 2.5", Of(some, "age", "SUM", "AVERAGE"));
        Assert.DoesNotContain(all, one => (string?)one!["fieldKey"] == "name" && (string?)one["type"] == "SUM");
        Assert.All(all, one => Assert.Equal((bench.Sheet, bench.Workbook), ((string?)one!["sheetId"], (string?)one["workbookId"])));
        Assert.Equal(all.Count, all.Select(one => (string?)one!["id"]).Distinct().Count());
        var none = (await bench.Server.DataAsync("GET", $"sheets/{bench.Sheet}/calculations?filter=none")).AsArray();
        Assert.Equal("0 - - -", Of(none, "age", "COUNT_EMPTY", "PERCENT_EMPTY", "SUM", "MIN"));

        static string Of(JsonArray calculations, string field, params string[] types) => string.Join(' ', types.Select(type =>
            calculations.Single(one => (string?)one!["fieldKey"] == field && (string?)one["type"] == type)!["value"]?.ToJsonString() ?? "-"));
    }

    /// <summary>A query of cells of one field, and the values answered.</summary>
    [Theory]
    [InlineData("distinct=true&fieldKey=age", "- 2.5 7 old")]
    [InlineData("distinct=true&fieldKey=age&sortDirection=desc", "7 2.5 - old")]
    [InlineData("distinct=true&fieldKey=age&pageSize=2&pageNumber=2", "7 old")]
    [InlineData("distinct=true&fieldKey=age&searchValue=2", "2.5")]
    [InlineData("distinct=true&fieldKey=age&q=name+eq+Bob", "2.5")]
    [InlineData("distinct=true&fieldKey=age&filter=error&filterField=age", "old")]
    [InlineData("distinct=false&fieldKey=age", "7 2.5 old 2.5 -")]
    [InlineData("distinct=false&fieldKey=age&sortField=name&sortDirection=desc", "- 2.5 7 2.5 old")]
    [InlineData("distinct=true&fieldKey=tags", "- [\"a\",\"b\"]")]
    public async Task CellsAreTheValuesOfAField(string query, string values)
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        await bench.InsertAsync(Rows);
        await bench.InsertAsync("""[{"name":{"value":"Zoe"}}]""");

        var data = await bench.Server.DataAsync("GET", $"sheets/{bench.Sheet}/cells?{query}");

        Assert.Equal(values, string.Join(' ', Assert.Single(data.AsObject()).Value!.AsArray().Select(cell => cell!["value"] switch { null => "-", JsonValue value => value.ToString(), var list => list.ToJsonString() })));
    }

    [Fact]
    public async Task CellsCountTheRowsBehindThemAndShowWhatIsWrong()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        await bench.InsertAsync(Rows);

        var distinct = await bench.Server.DataAsync("GET", $"sheets/{bench.Sheet}/cells?distinct=true&includeCounts=true");
        var each = await bench.Server.DataAsync("GET", $"sheets/{bench.Sheet}/cells?distinct=false&fieldKey=age");

        Assert.Equal(["name", "age", "born", "tags", "vip"], distinct.AsObject().Select(field => field.Key));
        Assert.Equal("""{"total":2,"valid":2,"error":0}""", distinct["age"]![0]!["counts"]!.ToJsonString());
        Assert.Equal("""{"total":1,"valid":0,"error":1}""", distinct["age"]![2]!["counts"]!.ToJsonString());
        Assert.Equal("invalid-value", (string?)each["age"]![2]!["messages"]![0]!["source"]);
        Assert.Equal("Young", (string?)each["age"]![3]!["messages"]![0]!["message"]);
        Assert.Equal(400, (await bench.Server.SendAsync("GET", $"sheets/{bench.Sheet}/cells?distinct=true&fieldKey=nope")).Status);
        Assert.Equal(400, (await bench.Server.SendAsync("GET", $"sheets/{bench.Sheet}/cells?distinct=true&pageSize=10001")).Status);
        Assert.Equal(400, (await bench.Server.SendAsync("GET", $"sheets/{bench.Sheet}/cells?distinct=true&q=age+gt")).Status);
    }

    [Theory]
    [InlineData("", "0 1 2 3")]
    [InlineData("filter=valid", "0 1 2")]
    [InlineData("filter=error", "0")]
    [InlineData("q=age+eq+2.5", "0 1")]
    [InlineData("sortField=name&sortDirection=desc", "0 1 2 3")]
    [InlineData("filter=none", "")]
    public async Task IndicesAreThePlacesInTheSelection(string query, string places)
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        var ids = await bench.InsertAsync(Rows);
        var rows = (await bench.RowsAsync("?" + query)).Select(row => (string)row!["id"]!).ToList();

        var reply = await bench.Server.SendAsync("GET", $"sheets/{bench.Sheet}/records/indices?{query}&{string.Join('&', ids.Select(id => "ids=" + id))}&ids=us_rc_0001ffffffffffff");

        Assert.Equal(places, string.Join(' ', reply.Json.AsArray().Select(one => (long)one!["index"]!)));
        Assert.All(reply.Json.AsArray(), one => Assert.Equal((string?)one!["id"], rows[(int)one["index"]!]));
    }

    [Fact]
    public async Task LinesHoldPlainValuesAndWhatIsAskedForBesideThem()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        var ids = await bench.InsertAsync(Rows);
        var path = $"/v2-alpha/records.jsonl?stream=true&sheetId={bench.Sheet}";

        var plain = await LinesAsync(bench, path + "&noContext=true");
        var full = await LinesAsync(bench, path + "&includeEmptyCells=true&includeMessages=true&includeMetadata=true&includeConfig=true&includeSheet=true&includeSheetSlug=true&includeTimestamps=true&fields=age&fields=born");
        var page = await LinesAsync(bench, $"/v2-alpha/records.jsonl?workbookId={bench.Workbook}&sheetSlug=people&pageSize=1&pageNumber=2&noContext=true&fields=age");

        Assert.Equal($$"""{"__k":"{{ids[0]}}","name":"Ann","age":7,"born":"1996-03-01","tags":["a","b"],"vip":true}""", plain[0].ToJsonString());
        Assert.Equal($$"""{"__k":"{{ids[2]}}","age":"old"}""", plain[2].ToJsonString());
        Assert.Equal(["__k", "__s", "__n", "__v", "__e", "__u", "age", "born", "__m", "__c", "__i"], full[2].AsObject().Select(member => member.Key));
        Assert.Equal((bench.Sheet, "people", false), ((string?)full[2]["__s"], (string?)full[2]["__n"], (bool)full[2]["__e"]!));
        Assert.Equal("age The value is not a number error", $"{full[2]["__i"]![0]!["x"]} {full[2]["__i"]![0]!["m"]} {full[2]["__i"]![0]!["type"]}");
        Assert.Equal("age Young warn", $"{full[3]["__i"]![0]!["x"]} {full[3]["__i"]![0]!["m"]} {full[3]["__i"]![0]!["type"]}");
        Assert.Equal($$"""{"__k":"{{ids[1]}}","age":2.5}""", Assert.Single(page).ToJsonString());
        Assert.Equal((string?)(await bench.Server.DataAsync("GET", $"commits/{full[0]["__v"]}"))["createdAt"], (string?)full[0]["__u"]);
        Assert.Equal(2, (await LinesAsync(bench, path + "&q=age+eq+2.5")).Count);
        Assert.Equal(2, (await LinesAsync(bench, path + $"&ids={ids[0]},{ids[1]}")).Count);
        Assert.Equal(400, (await bench.Server.SendAsync("GET", "/v2-alpha/records.jsonl?stream=true")).Status);
        Assert.Equal(404, (await bench.Server.SendAsync("GET", $"/v2-alpha/records.jsonl?workbookId={bench.Workbook}&sheetSlug=nope")).Status);
        Assert.Equal(400, (await bench.Server.SendAsync("GET", path + "&filter=odd")).Status);
    }

    [Fact]
    public async Task LinesBringTheRecordsTheyReferTo()
    {
        await using var bench = await SheetBench.WithAsync(
            """
            [{"name":"Countries","slug":"countries","fields":[{"key":"code","type":"string"},{"key":"name","type":"string"}]},
             {"name":"Regions","slug":"regions","fields":[{"key":"country","type":"reference","config":{"ref":"countries","key":"code"}}]}]
            """);
        await bench.InsertAsync("""[{"code":{"value":"NA"},"name":{"value":"Namibia"}}]""");
        await bench.InsertAsync("""[{"country":{"value":"NA"}},{"country":{"value":"XX"}}]""", 1);

        var lines = await LinesAsync(bench, $"/v2-alpha/records.jsonl?sheetId={bench.Sheets[1]}&includeLinks=true");

        Assert.Equal("countries Namibia", $"{lines[0]["__l"]![0]!["__n"]} {lines[0]["__l"]![0]!["name"]}");
        Assert.Empty(lines[1]["__l"]!.AsArray());
    }

    [Fact]
    public async Task AnEventBringsItsSelection()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        var first = await bench.Server.DataAsync("POST", $"sheets/{bench.Sheet}/records", Rows);
        var created = (await bench.NewsAsync()).First(news => (string?)news["topic"] == "commit:created");
        await bench.InsertAsync("""[{"name":{"value":"Zoe"}}]""");
        var selecting = await bench.Server.DataAsync(
            "POST", "events", $$$"""{"topic":"custom:one","domain":"sheet","context":{"spaceId":"{{{bench.Space}}}","sheetId":"{{{bench.Sheet}}}"},"payload":{"q":"age eq 2.5","filter":"valid"}}""");
        var elsewhere = await bench.Server.DataAsync(
            "POST", "events", $$$"""{"topic":"custom:one","domain":"sheet","context":{"spaceId":"{{{bench.Space}}}","sheetId":"us_sh_00000000"},"payload":{}}""");

        Assert.Equal(4, (await bench.RowsAsync($"?for={created["id"]}")).Count);
        Assert.Equal("Bob", await bench.ValuesAsync("name", $"?for={created["id"]}&filter=error&pageSize=1&pageNumber=4"));
        Assert.Equal(2, (await bench.RowsAsync($"?for={selecting["id"]}&q=name+eq+Zoe")).Count);
        Assert.Equal(4, (int)(await bench.Server.DataAsync("GET", $"sheets/{bench.Sheet}/counts?for={created["id"]}"))["counts"]!["total"]!);
        Assert.Equal(4, (await LinesAsync(bench, $"/v2-alpha/records.jsonl?sheetId={bench.Sheet}&forEvent={created["id"]}")).Count);
        Assert.Equal(400, (await bench.Server.SendAsync("GET", $"sheets/{bench.Sheet}/records?for={elsewhere["id"]}")).Status);
        Assert.Equal(404, (await bench.Server.SendAsync("GET", $"sheets/{bench.Sheet}/records?for=us_evt_0000000000000000")).Status);
        Assert.NotNull(first);
    }

    [Fact]
    public async Task CellsSayWhenTheirRowWasChanged()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        var ids = await bench.InsertAsync(Rows);
        var changed = await bench.Server.DataAsync("PUT", $"sheets/{bench.Sheet}/records", $$$$"""[{"id":"{{{{ids[1]}}}}","values":{"name":{"value":"New"}}}]""");

        var rows = await bench.RowsAsync();

        var commits = (await bench.Server.DataAsync("GET", $"sheets/{bench.Sheet}/commits")).AsArray();
        Assert.Equal((string?)commits[0]!["createdAt"], (string?)rows[0]!["values"]!["vip"]!["updatedAt"]);
        Assert.Equal((string?)changed["commitId"], (string?)commits[1]!["id"]);
        Assert.Equal((string?)commits[1]!["createdAt"], (string?)rows[1]!["values"]!["vip"]!["updatedAt"]);
    }

    [Fact]
    public async Task ThousandsOfIdsAndALongQueryFitIntoAnAddress()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        var ids = await bench.InsertAsync(Rows);
        var many = string.Join("&ids=", Enumerable.Range(0, 8_000).Select(i => $"us_rc_0001{i:x12}"));

        Assert.Equal(4, (await bench.RowsAsync($"?ids={many}")).Count);
        Assert.Empty(await bench.RowsAsync($"?filter=all&ids={many}"));
        Assert.Single(await bench.RowsAsync($"?q={Uri.EscapeDataString(string.Join(" or ", Enumerable.Repeat("name eq Bob", 600)))}"));
        foreach (var deep in (string[])[new string('(', 10_000), new string('(', 9_000) + "is valid" + new string(')', 900), string.Concat(Enumerable.Repeat("(name eq a or ", 700))])
        {
            Assert.Equal(400, (await bench.Server.SendAsync("GET", $"sheets/{bench.Sheet}/records?q={Uri.EscapeDataString(deep)}")).Status);
        }

        Assert.Equal(4, ids.Length);
    }

    [Fact]
    public async Task TheTypedClientReadsAllOfIt()
    {
        await using var bench = await SheetBench.WithFieldsAsync(Fields);
        var ids = await bench.InsertAsync(Rows);
        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = bench.Server.Address, Token = bench.Server.Access.DevelopmentKey });
        var young = new RecordQuery { Q = "age eq 2.5" };

        var sum = new Dictionary<string, double?>();
        await foreach (var one in client.Sheets.GetCalculationsAsync(bench.Sheet, young))
        {
            sum[$"{one.FieldKey} {one.Type}"] = one.Value;
        }

        var cells = await client.Sheets.GetCellValuesAsync(bench.Sheet, new CellsQuery { FieldKey = "age", Rows = young, IncludeCounts = true });
        var places = await client.Records.GetIndicesAsync(bench.Sheet, [ids[3], ids[0]], young);
        var lines = new List<RecordLine>();
        await foreach (var line in client.Records.ReadLinesAsync(bench.Sheet, new RecordLinesQuery { Rows = young, IncludeMessages = true, IncludeTimestamps = true }))
        {
            lines.Add(line);
        }

        using var csv = new StreamReader(await client.Sheets.DownloadCsvAsync(bench.Sheet, young with { Q = "name eq Bob" }));

        Assert.Equal((5, 2.5), (sum["age " + CalculationType.Sum], sum["age " + CalculationType.Max]));
        Assert.Equal((2.5, 2), (cells["age"].Single().Value!.Value.GetDouble(), cells["age"].Single().Counts!.Total));
        Assert.Equal(new RecordIndex(ids[3], 1), Assert.Single(places));
        Assert.Equal([ids[1], ids[3]], lines.Select(line => line.Id));
        Assert.Equal(("Bob", "Young", "age"), (lines[1].Values["name"].GetString(), lines[1].Messages!.Single().Message, lines[1].Messages!.Single().FieldKey));
        Assert.NotNull(lines[1].UpdatedAt);
        Assert.EndsWith("\r\nBob,2.5,,,\r\n", await csv.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(SheetBench bench, string path) => (await bench.Server.SendAsync("GET", path)).Text;

    private static async Task<List<JsonNode>> LinesAsync(SheetBench bench, string path)
    {
        var reply = await bench.Server.SendAsync("GET", path);
        Assert.True(reply.Status == 200, reply.Text);
        return [.. reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
