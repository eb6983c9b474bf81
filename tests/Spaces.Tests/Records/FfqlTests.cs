using Flatfile.Spaces.Records;
using Flatfile.Spaces.Records.Ffql;

namespace Flatfile.Spaces.Tests.Records;

public class FfqlTests
{
    private const string Fields =
        """
        {"key":"first_name","type":"string","label":"First name","constraints":[{"type":"required"}]},
        {"key":"age","type":"number","constraints":[{"type":"required","config":{"level":"warn"}}]},
        {"key":"born","type":"date"},
        {"key":"vip","type":"boolean"},
        {"key":"tags","type":"string-list"},
        {"key":"kind","type":"enum","config":{"options":[{"value":"a"},{"value":5},{"value":true}]}},
        {"key":"note","type":"string","label":"The \"note\""}
        """;

    private const string Rows =
        """
        [{"first_name":{"value":"Bender"},"age":{"value":"018"},"born":{"value":"1 Mar 1996"},"vip":{"value":"Yes"},"tags":{"value":["red","blue"]},"kind":{"value":"a"},"note":{"value":"50%_*?[x]"}},
         {"first_name":{"value":"bender Rodriguez"},"age":{"value":"65.50"},"born":{"value":"1996-03-02"},"vip":{"value":"0"},"tags":{"value":["redder"]},"kind":{"value":5},"note":{"value":"a \"q\" and a \\ b"}},
         {"first_name":{"value":"ÄRGER"},"age":{"value":"12345678901234567890"},"born":{"value":"soon"},"vip":{"value":"maybe"},"kind":{"value":true},"note":{"value":"or"}},
         {"age":{"value":"x"},"tags":{"value":"red"},"kind":{"value":"zzz"},"note":{"value":"65.5"}},
         {"first_name":{"value":"Fry"},"note":{"value":"(a)","messages":[{"type":"info","message":"Hm"}]}}]
        """;

    /// <summary>A query, and the rows it finds.</summary>
    public static TheoryData<string, long[]> Queries => new()
    {
        { "first_name eq Bender", [1] },
        { "first_name EQ 'Bender'", [1] },
        { "\"First name\" eq Bender", [1] },
        { "\"first NAME\" eq Bender", [1] },
        { "first_name eq bender", [] },
        { "first_name ne Bender", [2, 3, 4, 5] },
        { "first_name eq \"\"", [4] },
        { "first_name ne ''", [1, 2, 3, 5] },
        { "eq \"\"", [3, 4, 5] },
        { "eq Bender", [1] },
        { "ne Bender", [2, 3, 4, 5] },
        { "age eq 18", [1] },
        { "age eq 18.0", [1] },
        { "age eq +65.5", [2] },
        { "age eq 12345678901234567890", [3] },
        { "age eq 12345678901234567891", [] },
        { "age eq x", [4] },
        { "age ne 18", [2, 3, 4, 5] },
        { "age gt 18", [2, 3] },
        { "age gte 18 and age lte 65.5", [1, 2] },
        { "age lt 65.5", [1] },
        { "eq 65.5", [2, 4] },
        { "born eq 1996-03-01", [1] },
        { "born gt 1996/3/1", [2] },
        { "born lte \"2 Mar 1996\"", [1, 2] },
        { "born eq soon", [3] },
        { "born ne 1996-03-01", [2, 3, 4, 5] },
        { "vip eq true", [1] },
        { "vip eq no", [2] },
        { "vip ne true", [2, 3, 4, 5] },
        { "tags contains red", [1, 4] },
        { "tags contains RED", [] },
        { "tags eq \"red, blue\"", [1] },
        { "tags like red%", [1, 2, 4] },
        { "first_name contains end", [1, 2] },
        { "kind eq a", [1] },
        { "kind eq 5", [2] },
        { "kind eq true", [3] },
        { "first_name like Bend%", [1] },
        { "first_name like _ender", [1] },
        { "first_name like %end%", [1, 2] },
        { "first_name ilike BEND%", [1, 2] },
        { "first_name ilike ärg__", [3] },
        { "first_name ilike %ä%", [3] },
        { "first_name like Bend", [] },
        { "note like %\\%\\_*?[x]", [1] },
        { "note ilike 50\\%\\_*?[X]", [1] },
        { "note like \"a %q% \\ %\"", [2] },
        { "note like '%\"q\"%'", [2] },
        { "note eq \"a \\\"q\\\" and a \\\\ b\"", [2] },
        { "note eq 'a \"q\" and a \\ b'", [2] },
        { "'The \"note\"' eq \"or\"", [3] },
        { "note eq \"(a)\"", [5] },
        { "note gte 65 and note lt a", [4] },
        { "lt 20", [1] },
        { "gt 1996-03-01", [2] },
        { "is error", [3, 4] },
        { "is valid", [1, 2, 5] },
        { "is warn", [5] },
        { "is info", [5] },
        { "age is warn", [5] },
        { "note is info", [5] },
        { "first_name is error", [4] },
        { "first_name is valid", [1, 2, 3, 5] },
        { "born is error or first_name eq Fry", [3, 5] },
        { "first_name eq Fry or first_name eq Bender and age gt 100", [5] },
        { "(first_name eq Fry or first_name eq Bender) and age gt 10", [1] },
        { "((age gte 18 and age lte 65) or first_name eq Fry) and is valid", [1, 5] },
        { "( ( is valid ) )", [1, 2, 5] },
        { "note eq is", [] },
        { "eq eq", [] },
        { "note eq \"' OR 1=1 --\"", [] },
    };

    /// <summary>A query that is none, the character named and a part of what is said.</summary>
    public static TheoryData<string, int, string> Mistakes => new()
    {
        { "first_name", 11, "expected an operator" },
        { "first_name Bender", 12, "expected an operator" },
        { "first_name eq", 14, "expected a value" },
        { "first_name eq and age gt 5", 15, "expected a value" },
        { "and age gt 5", 1, "expected a field" },
        { "age gt 5 and", 13, "expected a field" },
        { "age gt 5 age", 10, "'and', 'or' or the end" },
        { "age gt 5)", 9, "no parenthesis is open" },
        { "(age gt 5", 10, "')'" },
        { "()", 2, "expected a field" },
        { "first_name eq \"Bender", 15, "not closed" },
        { "nothing eq 5", 1, "expected a field of sheet 's'" },
        { "age gt young", 8, "holds numbers" },
        { "born lt young", 9, "holds dates" },
        { "vip lt true", 8, "no order" },
        { "age gt ''", 8, "empty text" },
        { "first_name like %a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%", 17, "at most 50" },
        { "is bad", 4, "expected error, valid, warn or info" },
        { "age is", 7, "expected error, valid, warn or info" },
        { "first_name = Bender", 12, "expected an operator" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task AQueryFindsItsRows(string q, long[] rows)
    {
        await using var store = await Store.WithFieldsAsync(Fields);
        await store.InsertAsync(Rows);

        var found = await store.RowsAsync(new RowQuery { Q = q });

        Assert.Equal(rows.Select(row => RecordId.Of(1, row)), found.Select(row => (string)row!["id"]!));
        Assert.Equal(rows.Length, (await store.CountAsync(new RowQuery { Q = q })).Total);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task AMistakeIsNamedWithItsPlace(string q, int position, string said)
    {
        await using var store = await Store.WithFieldsAsync(Fields);

        var fault = await Assert.ThrowsAsync<RecordBodyException>(() => store.RowsAsync(new RowQuery { Q = q }));

        Assert.StartsWith($"q: at character {position}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.Equal("q", fault.Key);
    }

    [Fact]
    public async Task AQueryNarrowsFilterSearchAndExceptions()
    {
        await using var store = await Store.WithFieldsAsync(Fields);
        await store.InsertAsync(Rows);

        Assert.Equal(["Bender", "Fry"], await NamesAsync(new RowQuery { Q = "age ne 65.5", Filter = "valid" }));
        Assert.Equal(["Bender"], await NamesAsync(new RowQuery { Q = "age ne 65.5", SearchValue = "bend" }));
        Assert.Equal(["Fry"], await NamesAsync(new RowQuery { Q = "is valid", Ids = [RecordId.Of(1, 1), RecordId.Of(1, 2)] }));
        Assert.Empty(await NamesAsync(new RowQuery { Q = "is valid", Filter = "none" }));
        Assert.Equal(2, await store.DeleteAsync(new RowQuery { Q = "is error" }));
        Assert.Equal(3, (await store.CountAsync()).Total);

        async Task<List<string?>> NamesAsync(RowQuery query) => await store.ValuesAsync("first_name", query);
    }

    [Theory]
    [InlineData('(', 10_000)]
    [InlineData('(', 5_000)]
    [InlineData('a', 10_001)]
    public async Task DepthAndLengthHaveEnds(char letter, int count)
    {
        await using var store = await Store.WithFieldsAsync(Fields);

        await Assert.ThrowsAsync<RecordBodyException>(() => store.RowsAsync(new RowQuery { Q = new string(letter, count) }));
    }

    [Fact]
    public async Task TheLargestQueryTakenRuns()
    {
        await using var store = await Store.WithFieldsAsync(string.Join(',', Enumerable.Range(0, 1_000).Select(i => $$"""{"key":"f{{i}}","type":"{{(i % 2 == 0 ? "date" : "number")}}"}""")));
        await store.InsertAsync("""[{"f1":{"value":7}}]""");
        var deep = new string('(', FfqlParser.Deepest) + "eq 7" + new string(')', FfqlParser.Deepest);

        Assert.Single(await store.RowsAsync(new RowQuery { Q = $"{deep} and eq 2000-01-01 or eq 7" }));
        Assert.Single(await store.RowsAsync(new RowQuery { Q = string.Join(" or ", Enumerable.Repeat("f1 eq 7", 800)) }));
        var fault = await Assert.ThrowsAsync<RecordBodyException>(() => store.RowsAsync(new RowQuery { Q = "eq 1 or eq 2 or eq 3 or eq 4" }));
        Assert.Contains("comparisons", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfTwoFieldsWithOneLabelNoneIsGuessed()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"a","type":"string","label":"Name"},{"key":"b","type":"string","label":"Name"}""");

        var fault = await Assert.ThrowsAsync<RecordBodyException>(() => store.RowsAsync(new RowQuery { Q = "Name eq x" }));

        Assert.Contains("a or b", fault.Message, StringComparison.Ordinal);
    }
}
