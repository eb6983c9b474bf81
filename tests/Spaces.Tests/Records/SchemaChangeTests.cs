using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Tests.Records;

public class SchemaChangeTests
{
    [Fact]
    public async Task ARemovedFieldFindsItsValuesAgain()
    {
        await using var store = await Store.WithAsync(Sheet("""{"key":"a","type":"string"},{"key":"b","type":"number"}"""));
        await store.InsertAsync("""[{"a":{"value":"x"},"b":{"value":"bad","messages":[{"type":"error","message":"m"}]}}]""");
        Assert.Equal(1, (await store.CountAsync()).Error);

        await ChangeAsync(store, """{"key":"a","type":"string"}""");
        Assert.Equal(0, (await store.CountAsync()).Error);
        Assert.Equal("""{"a":{"value":"x","messages":[],"valid":true}}""", (await store.RowsAsync())[0]!["values"]!.ToJsonString());
        await store.InsertAsync("""[{"a":{"value":"y"},"b":{"value":"ignored"}}]""");
        await ChangeAsync(store, """{"key":"b","type":"number"},{"key":"a","type":"string"}""");

        Assert.Equal(["bad", null], await store.ValuesAsync("b"));
        Assert.Equal(2, (await store.CellAsync(1, "b"))["messages"]!.AsArray().Count);
        Assert.Equal(1, (await store.CountAsync()).Error);
        Assert.True(await store.CountsAreTrueAsync());
    }

    [Fact]
    public async Task RowsAreValidatedAnewWhenTheRulesChange()
    {
        await using var store = await Store.WithAsync(Sheet("""{"key":"a","type":"string"}"""));
        await store.InsertValuesAsync("a", 1, "1", "01", "x", "x", null);

        await ChangeAsync(store, """{"key":"a","type":"number","constraints":[{"type":"unique"},{"type":"required","config":{"level":"warn"}}]}""");
        Assert.Equal(
            "unique-constraint unique-constraint unique-constraint+invalid-value unique-constraint+invalid-value required-constraint",
            await store.SourcesAsync("a"));
        Assert.Equal(4, (await store.CountAsync()).Error);
        await ChangeAsync(store, """{"key":"a","type":"enum","config":{"options":[{"value":"x"}]}}""");
        Assert.Equal("invalid-option invalid-option - - -", await store.SourcesAsync("a"));
        await ChangeAsync(store, """{"key":"a","type":"string","constraints":[{"type":"unique","config":{"caseSensitive":false}}]}""");
        Assert.Equal("- - unique-constraint unique-constraint -", await store.SourcesAsync("a"));
        await store.InsertValuesAsync("a", 1, "X", "01");

        Assert.Equal("- unique-constraint unique-constraint unique-constraint - unique-constraint unique-constraint", await store.SourcesAsync("a"));
        Assert.Equal(["1", "01", "x", "x", null, "X", "01"], await store.ValuesAsync("a"));
        Assert.True(await store.CountsAreTrueAsync());
    }

    [Fact]
    public async Task AKeyThatBecomesReferredToIsFoundInRowsWrittenBefore()
    {
        await using var store = await Store.WithAsync(Sheet("""{"key":"id","type":"number"}"""));
        await store.InsertValuesAsync("id", 1, "5", "006");

        await store.ApplyAsync(
        [
            store.Sheets[0],
            Store.Definition(2, """{"name":"t","slug":"t","fields":[{"key":"r","type":"reference","config":{"ref":"s","key":"id"}}]}"""),
        ]);
        await store.InsertValuesAsync("r", 2, "5", "6", "7");

        Assert.Equal("- - unlinked", await store.SourcesAsync("r", 2));
    }

    [Fact]
    public async Task ANewFieldIsThereAtOnceAndARequiredOneIsMissing()
    {
        await using var store = await Store.WithAsync(Sheet("""{"key":"a","type":"string"}"""));
        await store.InsertValuesAsync("a", 1, "x");

        await ChangeAsync(store, """{"key":"a","type":"string"},{"key":"b","type":"string"},{"key":"c","type":"string","constraints":[{"type":"required"}]}""");

        Assert.Equal("-", await store.SourcesAsync("b"));
        Assert.Equal("required-constraint", await store.SourcesAsync("c"));
        Assert.Equal(1, (await store.CountAsync()).Error);
    }

    [Fact]
    public async Task ADroppedSheetLeavesNothingBehind()
    {
        await using var store = await Store.WithAsync(
            Sheet("""{"key":"a","type":"string","constraints":[{"type":"unique"}]}"""),
            """{"name":"t","slug":"t","fields":[{"key":"r","type":"reference-list","config":{"ref":"s","key":"a"}}]}""");
        await store.InsertValuesAsync("a", 1, "x");
        await store.InsertAsync("""[{"r":{"value":["x"]}}]""", 2);

        await store.ApplyAsync([]);
        await store.ApplyAsync([Store.Definition(3, Sheet(""))]);

        Assert.Equal(["r_3"], await store.ReadAsync((connection, _) =>
        {
            var names = new List<string>();
            using var select = new Statement(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 'r\\_%' ESCAPE '\\' OR name LIKE 'l\\_%' ESCAPE '\\')");
            while (select.Step())
            {
                names.Add(select.Text(0)!);
            }

            return names;
        }, 3));
        Assert.Equal(1, await store.ReadAsync((connection, _) => Statement.Scalar(connection, "SELECT (SELECT COUNT(*) FROM sheet_columns) + (SELECT COUNT(*) FROM record_sheets) + (SELECT COUNT(*) FROM record_blocks)"), 3));
    }

    [Fact]
    public async Task TooManyFieldsAreRefused()
    {
        var refusal = await Assert.ThrowsAsync<RecordBodyException>(() =>
            Store.WithAsync(Sheet(string.Join(',', Enumerable.Range(0, RecordLimits.Fields + 1).Select(i => $$"""{"key":"f{{i}}","type":"string"}""")))));

        Assert.Contains("at most 1000", refusal.Message, StringComparison.Ordinal);
    }

    private static string Sheet(string fields) => """{"name":"s","slug":"s","fields":[""" + fields + "]}";

    private static Task ChangeAsync(Store store, string fields) => store.ApplyAsync([Store.Definition(1, Sheet(fields))]);
}
