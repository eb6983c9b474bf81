using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Tests.Records;

public class CommitRowsTests
{
    [Fact]
    public async Task ARowOfSeveralCommitsIsFoundUnderEachOfThem()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"n","type":"string"}""");
        await store.InsertValuesAsync("n", 1, "a", "b", "c", "d");
        var inserted = store.LastCommit;
        await store.SetAsync(2, "n", "b1");
        var first = store.LastCommit;
        await store.UpdateAsync("""[{"id":"us_rc_0001000000000004","values":{"n":{"value":"d2"}}},{"id":"us_rc_0001000000000002","values":{"n":{"value":"b2"}}}]""");
        var second = store.LastCommit;
        await store.InsertValuesAsync("n", 1, "e");

        Assert.Equal(["a", "b2", "c", "d2"], await NamesAsync(new RowQuery { Commit = inserted }));
        Assert.Equal(["b2"], await NamesAsync(new RowQuery { Commit = first }));
        Assert.Equal(["b2", "d2"], await NamesAsync(new RowQuery { Commit = second }));
        Assert.Equal(["b2", "d2", "e"], await NamesAsync(new RowQuery { SinceCommit = inserted }));
        Assert.Equal(["b2", "d2", "e"], await NamesAsync(new RowQuery { SinceCommit = first }));
        Assert.Equal(["e"], await NamesAsync(new RowQuery { SinceCommit = second }));
        Assert.Equal(["b2"], await NamesAsync(new RowQuery { Commit = second, Q = "n like b%" }));
        Assert.Empty(await NamesAsync(new RowQuery { Commit = 99 }));

        async Task<List<string?>> NamesAsync(RowQuery query)
        {
            var names = await store.ValuesAsync("n", query);
            Assert.Equal(names.Count, (await store.CountAsync(query)).Total);
            return names;
        }
    }

    [Fact]
    public async Task AChangeOfAWholeSheetIsOneRangeAndPagedLikeAnInsert()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"n","type":"string"}""");
        await store.InsertValuesAsync("n", 1, [.. Enumerable.Range(0, 6_000).Select(i => $"{i}")]);
        var rows = Enumerable.Range(1, 6_000).Select(row => $$$$"""{"id":"{{{{RecordId.Of(1, row)}}}}","values":{"n":{"value":"x{{{{row}}}}"}}}""");
        await store.UpdateAsync($"[{string.Join(',', rows)}]");

        Assert.Equal(["x5999", "x6000"], await store.ValuesAsync("n", new RowQuery { Commit = store.LastCommit, PageSize = 2_999, PageNumber = 3 }));
        Assert.Equal(1, await store.ReadAsync((connection, _) => Statement.Scalar(connection, "SELECT COUNT(*) FROM record_changes")));
    }

    [Fact]
    public async Task AHooksAnswerTakesNoRowOutOfLaterCommits()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"n","type":"string"}""");
        await store.InsertValuesAsync("n", 1, "a", "b");
        var inserted = store.LastCommit;
        await store.SetAsync(1, "n", "a1");
        var later = store.LastCommit;
        await store.WriteBackAsync("""[{"id":"us_rc_0001000000000001","values":{"n":{"value":"A"}}},{"id":"us_rc_0001000000000002","values":{"n":{"value":"B"}}}]""", inserted);

        Assert.Equal(["A", "B"], await store.ValuesAsync("n", new RowQuery { Commit = inserted }));
        Assert.Equal(["A"], await store.ValuesAsync("n", new RowQuery { Commit = later }));
        Assert.Equal(["A"], await store.ValuesAsync("n", new RowQuery { SinceCommit = inserted }));
    }

    [Fact]
    public async Task ManyRowsOfATableAreWrittenDownAsRanges()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"n","type":"string"}""");
        await store.InsertValuesAsync("n", 1, [.. Enumerable.Range(1, 10).Select(i => $"{i}")]);
        await store.WriteAsync((connection, _) =>
        {
            Statement.Execute(connection, "CREATE TEMP TABLE some AS SELECT id FROM r_1 WHERE id IN (2, 3, 4, 7, 9, 10)");
            ChangeLog.AddAll(connection, 1, 50, "temp.some");
            return true;
        });

        Assert.Equal(["2", "3", "4", "7", "9", "10"], await store.ValuesAsync("n", new RowQuery { Commit = 50 }));
        Assert.Equal(3, await store.ReadAsync((connection, _) => Statement.Scalar(connection, "SELECT COUNT(*) FROM record_changes")));
    }

    [Fact]
    public async Task RowsStampedBeforeThereWasALogAreTakenOver()
    {
        await using var store = await Store.WithFieldsAsync("""{"key":"n","type":"string"}""");
        await store.InsertValuesAsync("n", 1, "a", "b");
        await store.SetAsync(2, "n", "b1");
        await store.WriteAsync((connection, _) =>
        {
            Statement.Execute(connection, "DROP TABLE record_changes");
            RecordTables.AddChanges(connection);
            return true;
        });

        Assert.Equal(["b1"], await store.ValuesAsync("n", new RowQuery { Commit = store.LastCommit }));
    }
}
