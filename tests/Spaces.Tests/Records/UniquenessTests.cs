using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Tests.Records;

public class UniquenessTests
{
    private const string Unique = """{"key":"f","type":"string","constraints":[{"type":"unique"}]}""";
    private const string U = "unique-constraint";

    [Fact]
    public async Task AllMembersOfAGroupAreToldAlsoAcrossInserts()
    {
        await using var store = await Store.WithFieldsAsync(Unique);

        await store.InsertValuesAsync("f", 1, "a", "b", null, null, "");
        Assert.Equal("- - - - -", await store.SourcesAsync("f"));
        await store.InsertValuesAsync("f", 1, "c", "a");
        Assert.Equal($"{U} - - - - - {U}", await store.SourcesAsync("f"));
        await store.InsertValuesAsync("f", 1, "a", "a", "c");

        Assert.Equal($"{U} - - - - {U} {U} {U} {U} {U}", await store.SourcesAsync("f"));
        Assert.Equal(6, (await store.CountAsync()).Error);
        Assert.True(await store.CountsAreTrueAsync());
    }

    [Fact]
    public async Task AGroupThatShrinksToOneIsForgiven()
    {
        await using var store = await Store.WithFieldsAsync(Unique);
        await store.InsertValuesAsync("f", 1, "a", "a", "a", "b", "b");

        await store.SetAsync(1, "f", "x");
        Assert.Equal($"- {U} {U} {U} {U}", await store.SourcesAsync("f"));
        await store.DeleteAsync(1, 2);
        Assert.Equal($"- - {U} {U}", await store.SourcesAsync("f"));
        await store.SetAsync(4, "f", "a");
        Assert.Equal($"- {U} {U} -", await store.SourcesAsync("f"));
        await store.SetAsync(4, "f", null);

        Assert.Equal("- - - -", await store.SourcesAsync("f"));
        Assert.Equal(0, (await store.CountAsync()).Error);
        Assert.True(await store.CountsAreTrueAsync());
    }

    [Fact]
    public async Task TwoRowsOfOneBodyThatSwapTheirValuesStayUnique()
    {
        await using var store = await Store.WithFieldsAsync(Unique);
        await store.InsertValuesAsync("f", 1, "a", "b");

        await store.UpdateAsync(
            """[{"id":"us_rc_0001000000000001","values":{"f":{"value":"b"}}},{"id":"us_rc_0001000000000002","values":{"f":{"value":"a"}}}]""");

        Assert.Equal("- -", await store.SourcesAsync("f"));
        Assert.Equal(["b", "a"], await store.ValuesAsync("f"));
    }

    [Fact]
    public async Task TwoGroupsOfOneBodyMayTradeMembers()
    {
        await using var store = await Store.WithFieldsAsync(Unique);
        await store.InsertValuesAsync("f", 1, "a", "a", "b", "b");

        await store.UpdateAsync(
            """[{"id":"us_rc_0001000000000001","values":{"f":{"value":"c"}}},{"id":"us_rc_0001000000000003","values":{"f":{"value":"c"}}}]""");

        Assert.Equal($"{U} - {U} -", await store.SourcesAsync("f"));
    }

    [Theory]
    [InlineData("""{"caseSensitive":false}""", "Straße Ä", "STRASSE Ä", "straße ä", $"{U} - {U}")]
    [InlineData("""{"caseSensitive":true}""", "a", "A", "b", "- - -")]
    [InlineData("{}", "a", "A", "b", "- - -")]
    public async Task CaseCountsUnlessToldOtherwise(string config, string first, string second, string third, string sources)
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"f","type":"string","constraints":[{"type":"unique","config":""" + config + "}]}");

        await store.InsertValuesAsync("f", 1, first, second, third);

        Assert.Equal(sources, await store.SourcesAsync("f"));
    }

    [Fact]
    public async Task TheSameNumberWrittenInTwoWaysIsADuplicate()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"f","type":"number","constraints":[{"type":"unique"}]}""");

        await store.InsertAsync(
            """
            [{"f":{"value":7}},{"f":{"value":"007"}},{"f":{"value":"7.0"}},{"f":{"value":"12345678901234567890"}},
             {"f":{"value":"12345678901234567891"}},{"f":{"value":"x"}},{"f":{"value":"X"}}]
            """);

        Assert.Equal($"{U} {U} {U} - - invalid-value invalid-value", await store.SourcesAsync("f"));
    }

    [Fact]
    public async Task AWarningDoesNotMakeARowInvalidAndHasTheWordsOfTheConstraint()
    {
        await using var store = await Store.WithFieldsAsync(
            """{"key":"f","type":"string","constraints":[{"type":"unique","config":{"level":"warn","message":"Seen before"}},{"type":"required","config":{"level":"info"}}]}""");

        await store.InsertValuesAsync("f", 1, "a", "a", null);

        var cell = await store.CellAsync(1, "f");
        Assert.Equal("""[{"type":"warn","source":"unique-constraint","message":"Seen before"}]""", cell["messages"]!.ToJsonString());
        Assert.True((bool)cell["valid"]!);
        Assert.Equal("info", (string?)(await store.CellAsync(3, "f"))["messages"]![0]!["type"]);
        Assert.Equal(0, (await store.CountAsync()).Error);
    }

    [Fact]
    public async Task ACombinationIsComparedPartByPartAndSkippedWhenARequiredPartIsEmpty()
    {
        await using var store = await Store.WithAsync(
            """
            {"name":"s","slug":"s","fields":[{"key":"a","type":"string"},{"key":"b","type":"string"},{"key":"c","type":"string"}],
             "constraints":[{"type":"external","validator":"v"},{"type":"unique","name":"ab","fields":["a","b"],"requiredFields":["b"],"strategy":"concat"}]}
            """);

        await store.InsertAsync(
            """
            [{"a":{"value":"ab"},"b":{"value":"c"}},{"a":{"value":"a"},"b":{"value":"bc"}},{"a":{"value":"ab"},"b":{"value":"c"},"c":{"value":"!"}},
             {"a":{"value":"x"}},{"a":{"value":"x"}},{"b":{"value":"y"}},{"b":{"value":"y"}}]
            """);

        Assert.Equal($"{U} - {U} - - {U} {U}", await store.SourcesAsync("a"));
        Assert.Equal($"{U} - {U} - - {U} {U}", await store.SourcesAsync("b"));
        Assert.Equal("- - - - - - -", await store.SourcesAsync("c"));

        await store.SetAsync(3, "b", "other");

        Assert.Equal("- - - - - " + $"{U} {U}", await store.SourcesAsync("a"));
        Assert.True(await store.CountsAreTrueAsync());
    }

    /// <summary>Random writes, and after each the flags are compared with what a count over all rows says.</summary>
    [Fact]
    public async Task AnySequenceOfWritesLeavesExactlyTheDuplicatesFlagged()
    {
        await using var store = await Store.WithFieldsAsync(
            Unique + """,{"key":"g","type":"string","constraints":[{"type":"unique","config":{"caseSensitive":false}}]}""");
        var random = new Random(7);
        string?[] letters = ["a", "A", "b", "c", "d", null];
        string? Letter() => letters[random.Next(letters.Length)];
        for (var step = 0; step < 60; step++)
        {
            var rows = (await store.RowsAsync()).Select(row => (string)row!["id"]!).ToList();
            switch (rows.Count < 4 ? 0 : random.Next(3))
            {
                case 0:
                    await store.InsertAsync(Json(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Cells(Letter(), Letter()))));
                    break;
                case 1:
                    await store.UpdateAsync(Json(rows.Where(_ => random.Next(3) == 0).Select(id => "{\"id\":\"" + id + "\",\"values\":" + Cells(Letter(), Letter()) + "}")));
                    break;
                default:
                    await store.DeleteAsync(new RowQuery { Ids = [.. rows.Where(_ => random.Next(3) == 0)] });
                    break;
            }

            foreach (var (field, comparer) in new[] { ("f", StringComparer.Ordinal), ("g", StringComparer.OrdinalIgnoreCase) })
            {
                var values = await store.ValuesAsync(field);
                var expected = values.Select(value => value is not null && values.Count(other => comparer.Equals(other, value)) > 1 ? U : "-");
                Assert.Equal(string.Join(' ', expected), await store.SourcesAsync(field));
            }

            Assert.True(await store.CountsAreTrueAsync());
        }

        static string Cells(string? f, string? g) => "{\"f\":{\"value\":" + Text(f) + "},\"g\":{\"value\":" + Text(g) + "}}";
        static string Text(string? value) => value is null ? "null" : $"\"{value}\"";
        static string Json(IEnumerable<string> rows) => $"[{string.Join(',', rows)}]";
    }
}
