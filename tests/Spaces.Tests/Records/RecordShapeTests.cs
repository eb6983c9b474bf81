using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Tests.Records;

public class RecordShapeTests
{
    [Fact]
    public async Task ARowHasExactlyTheShapeInWhichAnIdleHookSeesNoChange()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"name","type":"string"},{"key":"age","type":"number"}""");
        await store.InsertAsync("""[{"name":{"value":"Bob"}}]""");

        Assert.Equal(
            """[{"id":"us_rc_0001000000000001","valid":true,"metadata":{},"config":{},"values":{ """.TrimEnd()
            + """ "name":{"value":"Bob","messages":[],"valid":true},"age":{"value":null,"messages":[],"valid":true}}}]""".TrimStart(),
            await store.TextAsync());
    }

    [Fact]
    public async Task ARowWithNothingBesidesItsValuesIsWrittenAsItWouldBeWithMetadata()
    {
        await using var store = await Store.WithFieldsAsync(
            """
            {"key":"text","type":"string"},{"key":"a \"b\" é","type":"string"},{"key":"number","type":"number"},{"key":"truth","type":"boolean"},
            {"key":"date","type":"date"},{"key":"choice","type":"enum","config":{"options":[{"value":1},{"value":"x"}]}},{"key":"list","type":"string-list"}
            """);
        string[] rows =
        [
            """{"text":{"value":"plain"},"number":{"value":-9007199254740993},"truth":{"value":true},"date":{"value":"2024-05-01"},"choice":{"value":1},"list":{"value":["a","\n"]}}""",
            """{"text":{"value":"a\"b\\c\u0001\u007f</é\u2028😀"},"a \"b\" é":{"value":"é"},"number":{"value":" 007 "},"truth":{"value":"yes"},"date":{"value":" 2024-05-01 "},"choice":{"value":"x"}}""",
            """{"text":{"value":"[1,2]"},"number":{"value":1.50},"truth":{"value":"0"},"date":{"value":"2024-05-01T10:00:00Z"}}""",
            """{"text":{"value":"LONG"}}""".Replace("LONG", new string('x', 20_000), StringComparison.Ordinal),
            "{}",
        ];
        await store.InsertAsync($"[{string.Join(',', rows)}]");
        var plain = await store.TextAsync();

        await store.UpdateAsync($"[{string.Join(',', rows.Select((_, i) => $$$"""{"id":"{{{RecordId.Of(1, i + 1)}}}","values":{},"metadata":{"k":1}}"""))}]");

        Assert.DoesNotContain("\"valid\":false", plain, StringComparison.Ordinal);
        Assert.Equal((await store.TextAsync()).Replace("""{"k":1}""", "{}", StringComparison.Ordinal), plain);
    }

    [Fact]
    public async Task OnlyTheFieldsAskedForAreWritten()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"a","type":"string"},{"key":"b","type":"string"}""");
        await store.InsertAsync("""[{"a":{"value":"1"},"b":{"value":"2"}}]""");

        var row = (await store.RowsAsync(new RowQuery { Fields = ["b", "unknown"] }))[0]!;

        Assert.Equal("""{"b":{"value":"2","messages":[],"valid":true}}""", row["values"]!.ToJsonString());
    }

    [Fact]
    public async Task MetadataAndLocksComeBackAndAnEmptyObjectTakesThemAway()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"a","type":"string"}""");
        await store.InsertAsync("""[{"a":{"value":"1"}}]""");

        var first = await store.UpdateAsync("""[{"id":"us_rc_0001000000000001","metadata":{"k":[1]},"config":{"fields":{"nowhere":{"readonly":true}},"readonly":true}}]""");
        var with = (await store.RowsAsync())[0]!;
        var second = await store.UpdateAsync("""[{"id":"us_rc_0001000000000001","values":{},"metadata":{},"config":{}}]""");
        var without = (await store.RowsAsync())[0]!;

        Assert.Equal(new UpdateResult(Found: 1, Skipped: 0, Changed: 0, Touched: 1), first);
        Assert.Equal("""{"k":[1]}""", with["metadata"]!.ToJsonString());
        Assert.Equal("""{"fields":{"nowhere":{"readonly":true}},"readonly":true}""", with["config"]!.ToJsonString());
        Assert.Equal(1, second.Touched);
        Assert.Equal("{}{}", without["metadata"]!.ToJsonString() + without["config"]!.ToJsonString());
    }

    [Fact]
    public async Task AReferenceBringsTheRowBehindItWhenLinksAreAskedFor()
    {
        await using var store = await Store.WithAsync(
            """{"name":"countries","slug":"countries","fields":[{"key":"code","type":"string"},{"key":"name","type":"string"}]}""",
            """{"name":"regions","slug":"regions","fields":[{"key":"country","type":"reference","config":{"ref":"countries","key":"code"}}]}""");
        await store.InsertAsync("""[{"code":{"value":"NA"},"name":{"value":"Namibia"}}]""");
        await store.InsertValuesAsync("country", 2, "NA", "XX");

        var rows = await store.RowsAsync(new RowQuery { IncludeLinks = true }, sheet: 2);

        Assert.Equal("Namibia", (string?)rows[0]!["values"]!["country"]!["links"]![0]!["values"]!["name"]!["value"]);
        Assert.Empty(rows[1]!["values"]!["country"]!["links"]!.AsArray());
    }
}
