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
