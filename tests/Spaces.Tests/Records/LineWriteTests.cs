using System.Text;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Records;

/// <summary>Rows written as lines of JSON, over HTTP.</summary>
public sealed class LineWriteTests : IAsyncLifetime
{
    private const string Sheets =
        """
        [{"name":"People","slug":"people","fields":[{"key":"name","type":"string","constraints":[{"type":"unique"}]},{"key":"age","type":"number"}]},
         {"name":"Cities","slug":"cities","allowAdditionalFields":true,"fields":[{"key":"city","type":"string"}]}]
        """;

    private SheetBench _bench = null!;

    public async Task InitializeAsync() => _bench = await SheetBench.WithAsync(Sheets);

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task LinesInsertChangeAndDeleteInOneCommit()
    {
        var ids = await _bench.InsertAsync("""[{"name":"Ann","age":1},{"name":"Bob","age":2}]""");

        var reply = await SendAsync($"?sheetId={_bench.Sheet}", $$$"""
            {"name":"Eve","age":"3","__m":{"from":"file"},"__i":[{"x":"age","m":"Really?"}]}

            {"__k":"{{{ids[0]}}}","age":10,"__c":{"readonly":true}}
            {"__k":"{{{ids[1]}}}","__d":true}
            {"__k":"us_rc_0000000000000000","age":1}
            """);

        Assert.Equal("""{"success":true,"created":1,"updated":1,"deleted":1}""", reply.Text);
        Assert.Equal("Ann Eve", await _bench.ValuesAsync("name"));
        Assert.Equal("10 3", await _bench.ValuesAsync("age"));
        Assert.Equal("2/1/1", await _bench.CountsAsync());
        var eve = (await _bench.RowsAsync())[1]!;
        Assert.Equal("file", (string?)eve["metadata"]!["from"]);
        Assert.Equal("Really?", (string?)eve["values"]!["age"]!["messages"]![0]!["message"]);
        Assert.Equal(
            "records:deleted commit:created records:created records:updated sheet:counts-updated commit:completed space:records:validated",
            await _bench.TopicsAsync());
    }

    [Fact]
    public async Task TheSheetIsNamedByLinesHeaderOrSlug()
    {
        await SendAsync("", $$"""{"__s":"{{_bench.Sheets[1]}}","city":"Bonn"}""");
        await SendAsync($"?workbookId={_bench.Workbook}&sheetSlug=cities", """{"city":"Ulm"}""");
        await SendAsync("", """{"city":"Hof"}""", sheetHeader: _bench.Sheets[1]);
        await SendAsync($"?sheetId={_bench.Sheet}", $$"""
            {"name":"Ann"}
            {"__s":"{{_bench.Sheets[1]}}","city":"Jena"}
            {"name":"Ann"}
            {"__n":"cities","city":"Gera"}
            """);

        Assert.Equal("Bonn Ulm Hof Jena Gera", await _bench.ValuesAsync("city", sheet: 1));
        Assert.Equal("Ann Ann", await _bench.ValuesAsync("name"));
        Assert.Equal("2/0/2", await _bench.CountsAsync());
    }

    [Fact]
    public async Task TruncateEmptiesTheSheetFirstAndASnapshotKeepsWhatWas()
    {
        await _bench.InsertAsync("""[{"name":"Ann"},{"name":"Bob"}]""");

        await SendAsync($"?sheetId={_bench.Sheet}&truncate=true&snapshot=true&silent=true", """{"name":"Ann"}""");

        Assert.Equal("Ann", await _bench.ValuesAsync("name"));
        Assert.Equal("1/1/0", await _bench.CountsAsync());
        Assert.Equal("snapshot:created records:deleted records:created sheet:counts-updated", await _bench.TopicsAsync());
        var snapshot = (await _bench.Server.DataAsync("GET", $"snapshots?sheetId={_bench.Sheet}"))[0]!["id"];
        await _bench.Server.DataAsync("POST", $"snapshots/{snapshot}/restore");
        Assert.Equal("Ann Bob", await _bench.ValuesAsync("name"));
    }

    [Theory]
    [InlineData("{\"name\":\"Ann\"}\n\n{\"name\":", "Line 3 ")]
    [InlineData("{\"name\":\"Ann\"}\n[1]", "Line 2 ")]
    [InlineData("{\"name\":\"Ann\"}\n{\"__k\":5}", "Line 2 ")]
    [InlineData("{\"name\":\"Ann\"} {\"name\":\"Bob\"}", "Line 1 ")]
    [InlineData("{\"name\":\"Ann\"}\n{\"__s\":\"us_sh_00000000\"}", "Line 2: ")]
    [InlineData("{\"name\":\"Ann\"}\n{\"name\":\"\\ud800\"}", "Line 2: ")]
    public async Task ABadLineIsNamedByItsNumberAndNothingIsWritten(string lines, string named)
    {
        var reply = await SendAsync($"?sheetId={_bench.Sheet}&truncate=true", lines);

        Assert.InRange(reply.Status, 400, 404);
        Assert.StartsWith(named, reply.Message);
        Assert.Equal("0/0/0", await _bench.CountsAsync());
        Assert.Equal("", await _bench.TopicsAsync());
    }

    [Fact]
    public async Task FieldsThatLinesBringAreAddedWhereTheSheetAllowsIt()
    {
        await SendAsync($"?sheetId={_bench.Sheets[1]}", """
            {"city":"Bonn","river":"Rhine"}
            {"city":"Ulm","river":"Danube","hills":7}
            """);
        await SendAsync($"?sheetId={_bench.Sheet}", """{"name":"Ann","river":"Rhine"}""");

        Assert.Equal("Rhine Danube", await _bench.ValuesAsync("river", sheet: 1));
        Assert.Equal("- 7", await _bench.ValuesAsync("hills", sheet: 1));
        Assert.False((await _bench.RowsAsync())[0]!["values"]!.AsObject().ContainsKey("river"));
    }

    [Fact]
    public async Task ManyLinesArriveWholeAndOnce()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 30_000; i++)
        {
            text.Append("{\"name\":\"n").Append(i).Append("\",\"age\":").Append(i).Append("}\r\n");
        }

        var first = await SendAsync($"?sheetId={_bench.Sheet}", text.ToString(), idempotencyKey: "k1");
        var second = await SendAsync($"?sheetId={_bench.Sheet}", text.ToString(), idempotencyKey: "k1");

        Assert.Equal(first.Text, second.Text);
        Assert.Equal("30000/30000/0", await _bench.CountsAsync());
        Assert.Equal("29999", await _bench.ValuesAsync("age", "?pageSize=1&pageNumber=30000"));
    }

    [Fact]
    public async Task ACallWithoutASheetSaysHowToNameOne()
    {
        var reply = await SendAsync("", """{"name":"Ann"}""");

        Assert.Equal(400, reply.Status);
        Assert.Contains("sheetId", reply.Message, StringComparison.Ordinal);
        Assert.Equal(404, (await SendAsync("?sheetId=us_sh_00000000", """{"name":"Ann"}""")).Status);
    }

    private async Task<Reply> SendAsync(string query, string lines, string? sheetHeader = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2-alpha/records.jsonl" + query);
        request.Content = new StringContent(lines, Encoding.UTF8, "application/jsonl");
        if (sheetHeader is not null)
        {
            request.Headers.Add("X-Sheet-Id", sheetHeader);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await _bench.Server.Client.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
