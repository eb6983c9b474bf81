using System.Text.Json.Nodes;
using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Tests.Records;

public class ReferenceTests
{
    private const string Countries = """{"name":"countries","slug":"countries","fields":[{"key":"code","type":"string"},{"key":"continent","type":"string"}]}""";
    private const string Regions = """{"name":"regions","slug":"regions","fields":[{"key":"country","type":"reference","config":{"ref":"countries","key":"code"}}]}""";
    private const string L = "unlinked";

    [Fact]
    public async Task ARowThatComesLaterLinksTheRowsThatWaitedForIt()
    {
        await using var store = await Store.WithAsync(Countries, Regions);

        await store.InsertValuesAsync("country", 2, "NA", "DE", "NA", null);
        Assert.Equal($"{L} {L} {L} -", await store.SourcesAsync("country", 2));
        Assert.Equal(3, (await store.CountAsync(sheet: 2)).Error);
        await store.InsertValuesAsync("code", 1, "NA", "FR");

        Assert.Equal($"- {L} - -", await store.SourcesAsync("country", 2));
        Assert.Equal(1, (await store.CountAsync(sheet: 2)).Error);
        Assert.True(await store.CountsAreTrueAsync());
    }

    [Fact]
    public async Task ARowThatGoesOrChangesItsKeyUnlinksUnlessAnotherHasTheSameKey()
    {
        await using var store = await Store.WithAsync(Countries, Regions);
        await store.InsertValuesAsync("code", 1, "NA", "NA", "DE", "FR");
        await store.InsertValuesAsync("country", 2, "NA", "DE", "FR");
        Assert.Equal("- - -", await store.SourcesAsync("country", 2));

        await store.DeleteAsync(1, 1);
        Assert.Equal("- - -", await store.SourcesAsync("country", 2));
        await store.DeleteAsync(1, 2, 3);
        Assert.Equal($"{L} {L} -", await store.SourcesAsync("country", 2));
        await store.SetAsync(4, "code", "DE");
        Assert.Equal($"{L} - {L}", await store.SourcesAsync("country", 2));
        await store.SetAsync(3, "country", "DE", sheet: 2);
        Assert.Equal($"{L} - -", await store.SourcesAsync("country", 2));
        await store.DeleteAsync(new RowQuery { Filter = "all" });

        Assert.Equal($"{L} {L} {L}", await store.SourcesAsync("country", 2));
        Assert.True(await store.CountsAreTrueAsync());
    }

    [Fact]
    public async Task AFilterNarrowsTheRowsAReferenceMayPointTo()
    {
        await using var store = await Store.WithAsync(
            Countries,
            """
            {"name":"regions","slug":"regions","fields":[{"key":"where","type":"string"},
             {"key":"country","type":"reference","config":{"ref":"countries","key":"code","filter":{"refField":"continent","recordField":"where"}}}]}
            """);
        await store.InsertAsync("""[{"code":{"value":"NA"},"continent":{"value":"AF"}},{"code":{"value":"DE"},"continent":{"value":"EU"}}]""");

        await store.InsertAsync(
            """
            [{"where":{"value":"AF"},"country":{"value":"NA"}},{"where":{"value":"EU"},"country":{"value":"NA"}},{"country":{"value":"DE"}}]
            """, 2);
        Assert.Equal($"- {L} -", await store.SourcesAsync("country", 2));
        await store.SetAsync(1, "continent", "EU");
        Assert.Equal($"{L} - -", await store.SourcesAsync("country", 2));
        await store.SetAsync(1, "where", "EU", sheet: 2);

        Assert.Equal("- - -", await store.SourcesAsync("country", 2));
    }

    [Fact]
    public async Task AReferenceToANumberFindsItHoweverItIsWritten()
    {
        await using var store = await Store.WithAsync(
            """{"name":"airports","slug":"airports","fields":[{"key":"id","type":"number"}]}""",
            """{"name":"runways","slug":"runways","fields":[{"key":"airport","type":"reference","config":{"ref":"airports","key":"id"}}]}""");
        await store.InsertAsync("""[{"id":{"value":"6523"}},{"id":{"value":"007"}}]""");

        await store.InsertAsync("""[{"airport":{"value":"6523"}},{"airport":{"value":6523}},{"airport":{"value":"7"}},{"airport":{"value":"8"}}]""", 2);

        Assert.Equal($"- - - {L}", await store.SourcesAsync("airport", 2));
        Assert.Contains("""{"value":6523,""", await store.TextAsync(sheet: 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AListSaysWhichOfItsElementsAreUnlinked()
    {
        await using var store = await Store.WithAsync(
            Countries,
            """{"name":"regions","slug":"regions","fields":[{"key":"countries","type":"reference-list","config":{"ref":"countries","key":"code"}}]}""");
        await store.InsertValuesAsync("code", 1, "NA");

        await store.InsertAsync("""[{"countries":{"value":["DE","NA","FR"]}},{"countries":{"value":["NA"]}},{}]""", 2);
        Assert.Equal(["$.value[0]", "$.value[2]"], Paths(await store.CellAsync(1, "countries", 2)));
        await store.InsertValuesAsync("code", 1, "DE");
        Assert.Equal(["$.value[2]"], Paths(await store.CellAsync(1, "countries", 2)));
        await store.DeleteAsync(1, 1);
        Assert.Equal(["$.value[1]", "$.value[2]"], Paths(await store.CellAsync(1, "countries", 2)));
        Assert.Equal(["$.value[0]"], Paths(await store.CellAsync(2, "countries", 2)));
        await store.UpdateAsync("""[{"id":"us_rc_0002000000000001","values":{"countries":{"value":["DE"]}}},{"id":"us_rc_0002000000000002","values":{"countries":{"value":null}}}]""", 2);

        Assert.Equal("- - -", await store.SourcesAsync("countries", 2));
        Assert.True(await store.CountsAreTrueAsync());
    }

    [Fact]
    public async Task ASheetMayReferToItself()
    {
        await using var store = await Store.WithFieldsAsync(
            """{"key":"id","type":"string"},{"key":"parent","type":"reference","config":{"ref":"s","key":"id"}}""");

        await store.InsertAsync(
            """[{"id":{"value":"1"},"parent":{"value":"3"}},{"id":{"value":"2"},"parent":{"value":"2"}},{"id":{"value":"3"},"parent":{"value":"9"}}]""");
        Assert.Equal($"- - {L}", await store.SourcesAsync("parent"));
        await store.DeleteAsync(1, 3);

        Assert.Equal($"{L} -", await store.SourcesAsync("parent"));
    }

    [Fact]
    public async Task SheetsThatComeAndGoLinkAndUnlink()
    {
        await using var store = await Store.WithAsync(Countries, Regions);
        await store.InsertValuesAsync("code", 1, "NA");
        await store.InsertValuesAsync("country", 2, "NA");
        Assert.Equal("-", await store.SourcesAsync("country", 2));

        await store.ApplyAsync([store.Sheets[1]]);
        Assert.Equal(L, await store.SourcesAsync("country", 2));
        await store.ApplyAsync([store.Sheets[0], Store.Definition(3, Countries)]);
        Assert.Equal(L, await store.SourcesAsync("country", 2));
        await store.InsertValuesAsync("code", 3, "NA");

        Assert.Equal("-", await store.SourcesAsync("country", 2));
    }

    private static IEnumerable<string?> Paths(JsonNode cell) => cell["messages"]!.AsArray().Select(message => (string?)message!["path"]);

    [Fact]
    public async Task AReferenceToManyTakesAListOrOneValue()
    {
        await using var bench = await SheetBench.WithAsync(
            $$$"""
            [{{{Countries}}},{"name":"trips","slug":"trips","fields":[
              {"key":"countries","type":"reference","config":{"ref":"countries","key":"code","relationship":"has-many"}},
              {"key":"start","type":"reference","config":{"ref":"countries","key":"code","relationship":"has-one"}}]}]
            """);
        await bench.InsertAsync("""[{"code":{"value":"NA"}},{"code":{"value":"DE"}}]""");

        await bench.InsertAsync(
            """
            [{"countries":{"value":["NA","DE"]}},{"countries":{"value":["NA","XX"]}},{"countries":{"value":"DE"}},{"countries":{"value":"NA,DE"}},{"start":{"value":["NA"]}}]
            """,
            sheet: 1);

        var rows = await bench.RowsAsync("?includeLinks=true", sheet: 1);
        Assert.Equal([true, false, true, false, false], rows.Select(row => (bool)row!["valid"]!));
        Assert.Equal("""["NA","DE"]""", rows[0]!["values"]!["countries"]!["value"]!.ToJsonString());
        Assert.Equal(2, rows[0]!["values"]!["countries"]!["links"]!.AsArray().Count);
        var message = Assert.Single(rows[1]!["values"]!["countries"]!["messages"]!.AsArray())!;
        Assert.Equal(("unlinked", "$.value[1]"), ((string)message["source"]!, (string)message["path"]!));
    }
}
