using System.Globalization;
using System.Text;
using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Tests.Records;

public class SelectionTests
{
    [Fact]
    public async Task IdsAloneAreIncludedAndBesideASelectionExcluded()
    {
        await using var store = await PeopleAsync();
        string[] ids = [RecordId.Of(1, 2), RecordId.Of(1, 3), "us_rc_0001ffffffffffff", "us_rc_0002000000000001", "nonsense"];

        Assert.Equal(["bob", "Ärger"], await NamesAsync(new RowQuery { Ids = ids }));
        Assert.Equal(["bob", "Ärger"], await NamesAsync(new RowQuery { Ids = ids, Filter = "none" }));
        Assert.Equal(["Ann", null, "50%_\\"], await NamesAsync(new RowQuery { Ids = ids, Filter = "all" }));
        Assert.Equal([null], await NamesAsync(new RowQuery { Ids = ids, Filter = "error" }));
        Assert.Equal(["Ann", "50%_\\"], await NamesAsync(new RowQuery { Ids = ids, Filter = "valid" }));
        Assert.Equal(["Ann"], await NamesAsync(new RowQuery { Ids = ids, SearchValue = "n", SearchField = "name" }));
        Assert.Empty(await NamesAsync(new RowQuery { Filter = "none" }));
        Assert.Empty(await NamesAsync(new RowQuery { Ids = ["nonsense"] }));

        async Task<List<string?>> NamesAsync(RowQuery query) => await store.ValuesAsync("name", query);
    }

    /// <summary>What is searched, in which field, the rows found.</summary>
    public static TheoryData<string, string?, long[]> Searches => new()
    {
        { "n", null, [1] },
        { "AN", null, [1] },
        { "ÄRG", null, [3] },
        { "1", null, [1, 4] },
        { "1", "name", [] },
        { "\"ann\"", null, [] },
        { "\"Ann\"", null, [1] },
        { "\"10\"", null, [1] },
        { "\"\"", "name", [4] },
        { "\"\"", "age", [2, 3] },
        { "%", null, [5] },
        { "%_\\", null, [5] },
        { "' OR 1=1 --", null, [] },
        { "", null, [1, 2, 3, 4, 5] },
    };

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task SearchFindsPartsWholeCellsAndEmptyOnes(string search, string? field, long[] rows)
    {
        await using var store = await PeopleAsync();

        var found = await store.RowsAsync(new RowQuery { SearchValue = search, SearchField = field });

        Assert.Equal(rows.Select(row => RecordId.Of(1, row)), found.Select(row => (string)row!["id"]!));
    }

    [Theory]
    [InlineData("ed, bl", 1)]
    [InlineData("ÄD", 2)]
    [InlineData("ru", 2)]
    [InlineData("\"]", 0)]
    public async Task ListsAndTypedOptionsAreSearchedByTheirText(string search, int row)
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"tags","type":"string-list"},{"key":"kind","type":"enum","config":{"options":[{"value":true}]}}""");
        await store.InsertAsync("""[{"tags":{"value":["red","blue"]}},{"tags":{"value":["räd"]},"kind":{"value":true}}]""");

        var found = await store.RowsAsync(new RowQuery { SearchValue = search });

        Assert.Equal(row == 0 ? [] : [RecordId.Of(1, row)], found.Select(one => (string)one!["id"]!));
    }

    [Fact]
    public async Task ValidAndErrorLookAtOneFieldWhenAsked()
    {
        await using var store = await PeopleAsync();

        Assert.Equal([null], await store.ValuesAsync("name", new RowQuery { Filter = "error", FilterField = "name" }));
        Assert.Equal(4, (await store.CountAsync(new RowQuery { Filter = "valid", FilterField = "name" })).Total);
        Assert.Equal(5, (await store.CountAsync(new RowQuery { Filter = "valid", FilterField = "age" })).Total);
        Assert.Equal(4, (await store.CountAsync(new RowQuery { Filter = "valid" })).Valid);
    }

    [Fact]
    public async Task NumbersAreSortedBySizeAndTextWithoutCase()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"n","type":"number"},{"key":"t","type":"string"}""");
        await store.InsertAsync(
            """
            [{"n":{"value":"10"},"t":{"value":"b"}},{"n":{"value":"9.5"},"t":{"value":"A"}},{"n":{"value":"x"},"t":{"value":"C"}},
             {"n":{"value":"-1"},"t":{"value":"a"}},{"n":{"value":"007"}}]
            """);

        Assert.Equal(["-1", "7", "9.5", "10", "x"], await store.ValuesAsync("n", new RowQuery { SortField = "n" }));
        Assert.Equal(["10", "9.5", "7", "-1", "x"], await store.ValuesAsync("n", new RowQuery { SortField = "n", IsDescending = true }));
        Assert.Equal([null, "A", "a", "b", "C"], await store.ValuesAsync("t", new RowQuery { SortField = "t" }));
        Assert.Equal(["b", "C"], await store.ValuesAsync("t", new RowQuery { SortField = "t", PageSize = 3, PageNumber = 2 }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("all")]
    [InlineData("valid")]
    [InlineData("error")]
    public async Task PagesTogetherAreTheWholeAlsoAfterRowsWent(string? filter)
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"n","type":"number"}""");
        var body = new StringBuilder("[");
        for (var i = 0; i < 10_000; i++)
        {
            body.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{{\"n\":{{\"value\":{(i % 7 == 0 ? "\"x\"" : i)}}}}}");
        }

        await store.InsertAsync(body.Append(']').ToString());
        await store.DeleteAsync(1, [.. Enumerable.Range(4_000, 1_500).Select(row => (long)row), 1, 10_000]);

        var whole = await IdsAsync(new RowQuery { Filter = filter, PageSize = 100_000 });
        var pages = new List<string>();
        for (var number = 1; ; number++)
        {
            var page = await IdsAsync(new RowQuery { Filter = filter, PageSize = 999, PageNumber = number });
            pages.AddRange(page);
            if (page.Count == 0)
            {
                break;
            }
        }

        Assert.Equal((await store.CountAsync(new RowQuery { Filter = filter })).Total, whole.Count);
        Assert.Equal(whole, pages);
        Assert.True(await store.CountsAreTrueAsync());

        async Task<List<string>> IdsAsync(RowQuery query) => [.. (await store.RowsAsync(query)).Select(row => (string)row!["id"]!)];
    }

    [Fact]
    public async Task PagesOfACommitLieWithinIt()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"n","type":"string"}""");
        await store.InsertValuesAsync("n", 1, [.. Enumerable.Range(0, 50).Select(i => $"a{i}")]);
        await store.InsertValuesAsync("n", 1, [.. Enumerable.Range(0, 5).Select(i => $"b{i}")]);
        var commit = store.LastCommit;
        await store.InsertValuesAsync("n", 1, "c");
        await store.DeleteAsync(1, 2, 52);

        Assert.Equal(["b0", "b2"], await store.ValuesAsync("n", new RowQuery { Commit = commit, PageSize = 2 }));
        Assert.Equal(["b3", "b4"], await store.ValuesAsync("n", new RowQuery { Commit = commit, PageSize = 2, PageNumber = 2 }));
        Assert.Empty(await store.RowsAsync(new RowQuery { Commit = commit, PageSize = 2, PageNumber = 3 }));
    }

    [Fact]
    public async Task PagesOfACommitThatBeginsInTheMiddleOfABlockAreTheWholeCommit()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"n","type":"string"}""");
        await store.InsertValuesAsync("n", 1, new string?[5_000]);
        await store.InsertValuesAsync("n", 1, [.. Enumerable.Range(0, 9_000).Select(i => $"{i}")]);
        var commit = store.LastCommit;
        await store.InsertValuesAsync("n", 1, "after");
        await store.DeleteAsync(1, [.. Enumerable.Range(1, 2_000).Select(row => (long)row)]);

        var read = new List<string?>();
        for (var page = 1; page <= 10; page++)
        {
            read.AddRange(await store.ValuesAsync("n", new RowQuery { Commit = commit, PageSize = 999, PageNumber = page }));
        }

        Assert.Equal(Enumerable.Range(0, 9_000).Select(i => $"{i}"), read);
    }

    [Fact]
    public async Task DeletingTakesASelectionOrExactlyTheIdsAndNothingWhenNothingIsSaid()
    {
        await using var store = await PeopleAsync();

        Assert.Equal(0, await store.DeleteAsync(new RowQuery()));
        Assert.Equal(1, await store.DeleteAsync(new RowQuery { Filter = "none", Ids = [RecordId.Of(1, 2)] }));
        Assert.Equal(1, await store.DeleteAsync(new RowQuery { Filter = "error" }));
        Assert.Equal(2, await store.DeleteAsync(new RowQuery { Filter = "all", Ids = [RecordId.Of(1, 1)] }));
        Assert.Equal(["Ann"], await store.ValuesAsync("name"));
        await store.InsertValuesAsync("name", 1, "new");
        Assert.Equal("us_rc_0001000000000006", (string?)(await store.RowsAsync())[1]!["id"]);
        Assert.True(await store.CountsAreTrueAsync());
    }

    [Fact]
    public async Task AQuestionAboutAFieldTheSheetHasNotIsAnsweredWithThoseItHas()
    {
        await using var store = await PeopleAsync();

        var refusal = await Assert.ThrowsAsync<RecordBodyException>(() => store.RowsAsync(new RowQuery { SortField = "nope" }));

        Assert.Equal("sortField: sheet 's' has no field 'nope'. It has: name, age.", refusal.Message);
    }

    [Fact]
    public async Task AThousandFieldsAreSearched()
    {
        await using var store = await Store.WithFieldsAsync(string.Join(',', Enumerable.Range(0, RecordLimits.Fields).Select(i => $$"""{"key":"f{{i}}","type":"string"}""")));
        await store.InsertAsync("""[{"f999":{"value":"needle"}},{"f0":{"value":"hay"}}]""");

        Assert.Single(await store.RowsAsync(new RowQuery { SearchValue = "needle" }));
    }

    private static async Task<Store> PeopleAsync()
    {
        var store = await Store.WithFieldsAsync("""{"key":"name","type":"string","constraints":[{"type":"required"}]},{"key":"age","type":"number"}""");
        await store.InsertAsync(
            """
            [{"name":{"value":"Ann"},"age":{"value":"10"}},{"name":{"value":"bob"}},{"name":{"value":"Ärger"}},
             {"age":{"value":"1"}},{"name":{"value":"50%_\\"},"age":{"value":2}}]
            """);
        return store;
    }
}
