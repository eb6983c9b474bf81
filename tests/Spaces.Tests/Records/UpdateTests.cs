using Flatfile.Spaces.Records;

namespace Flatfile.Spaces.Tests.Records;

public class UpdateTests
{
    private const string Id = "us_rc_0001000000000001";
    private const string Fields = """{"key":"a","type":"string","constraints":[{"type":"required"}]},{"key":"b","type":"number"}""";

    [Fact]
    public async Task ValuesNotGivenStayAndUnknownRowsAreSkipped()
    {
        await using var store = await Store.WithFieldsAsync(Fields);
        await store.InsertAsync("""[{"a":{"value":"x"},"b":{"value":1}},{"a":{"value":"y"}}]""");

        var result = await store.UpdateAsync(
            """
            [{"valid":false,"values":{"b":{"value":"2"},"zzz":{"value":1}},"commitId":"us_vr_1","id":"us_rc_0001000000000001","messages":[]},
             {"id":"us_rc_0001000000000099","values":{"a":{"value":"?"}}},{"id":"us_rc_0002000000000002","values":{"a":{"value":"?"}}},{"id":"x"}]
            """);

        Assert.Equal(new UpdateResult(Found: 1, Skipped: 3, Changed: 1, Touched: 1), result);
        Assert.Equal(["x", "y"], await store.ValuesAsync("a"));
        Assert.Equal(["2", null], await store.ValuesAsync("b"));
    }

    [Fact]
    public async Task WrittenMessagesStandBesideThoseOfConstraintsUntilReplaced()
    {
        await using var store = await Store.WithFieldsAsync(Fields);
        await store.InsertAsync("""[{"a":{"value":"x"}}]""");

        await store.UpdateAsync($$$$"""[{"id":"{{{{Id}}}}","values":{"a":{"value":null,"messages":[{"type":"warn","source":"custom-logic","message":"Hm"},{"type":"error","source":"unique-constraint","message":"echo"}]}}}]""");
        Assert.Equal("required-constraint+custom-logic", await store.SourcesAsync("a"));
        await store.UpdateAsync($$$$"""[{"id":"{{{{Id}}}}","values":{"a":{"value":"x"},"b":{"value":"no number"}}}]""");
        Assert.Equal("custom-logic", await store.SourcesAsync("a"));
        Assert.Equal("invalid-value", await store.SourcesAsync("b"));
        Assert.Equal(1, (await store.CountAsync()).Error);
        await store.UpdateAsync($$$$"""[{"id":"{{{{Id}}}}","values":{"b":{"messages":[{"type":"error","message":"Really?","path":"$.value[0]"}]}}}]""");
        Assert.Equal("""[{"type":"error","source":"invalid-value","message":"The value is not a number"},{"type":"error","message":"Really?","path":"$.value[0]"}]""",
            (await store.CellAsync(1, "b"))["messages"]!.ToJsonString());
        await store.UpdateAsync($$$$"""[{"id":"{{{{Id}}}}","values":{"a":{"messages":[]},"b":{"value":5,"messages":[]}}}]""");

        Assert.Equal("-", await store.SourcesAsync("a"));
        Assert.Equal("-", await store.SourcesAsync("b"));
        Assert.Equal(0, (await store.CountAsync()).Error);
        Assert.True(await store.CountsAreTrueAsync());
    }

    [Fact]
    public async Task AnErrorSomebodyWroteMakesTheRowInvalidAndAMessageAloneIsNoChangeOfValue()
    {
        await using var store = await Store.WithFieldsAsync(Fields);
        await store.InsertAsync("""[{"a":{"value":"x","messages":[{"type":"error","message":"Bad"}]}}]""");
        Assert.Equal(1, (await store.CountAsync()).Error);

        var result = await store.UpdateAsync($$$$"""[{"id":"{{{{Id}}}}","values":{"a":{"value":"x","messages":[{"type":"info","message":"Fine"}]}}}]""");

        Assert.Equal(new UpdateResult(Found: 1, Skipped: 0, Changed: 0, Touched: 1), result);
        Assert.Equal(0, (await store.CountAsync()).Error);
        Assert.Empty(await store.RowsAsync(new RowQuery { Commit = store.LastCommit }));
    }

    [Fact]
    public async Task WritingTheSameAgainChangesNothing()
    {
        await using var store = await Store.WithFieldsAsync(Fields);
        await store.InsertAsync("""[{"a":{"value":"x"},"b":{"value":"1.50"}}]""");
        const string Body = """[{"id":"us_rc_0001000000000001","metadata":{},"config":{},"values":{"a":{"value":"x","messages":[]},"b":{"value":1.5,"messages":[]}}}]""";

        Assert.Equal(new UpdateResult(Found: 1, Skipped: 0, Changed: 0, Touched: 0), await store.UpdateAsync(Body));
        Assert.Contains("\"value\":1.50", await store.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARowWithoutIdIsRefused()
    {
        await using var store = await Store.WithFieldsAsync(Fields);

        var refusal = await Assert.ThrowsAsync<RecordBodyException>(() => store.UpdateAsync("""[{"values":{}}]"""));

        Assert.Contains("no id", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHooksAnswerStaysInItsCommitAndAnEditDoesNotTakeRowsFromTheCommitThatBroughtThem()
    {
        await using var store = await Store.WithFieldsAsync(Fields);
        await store.InsertAsync("""[{"a":{"value":"x"}},{"a":{"value":"y"}}]""");
        var insert = store.LastCommit;
        await store.WriteBackAsync($$$$"""[{"id":"{{{{Id}}}}","values":{"a":{"value":"X"}}}]""", insert);
        await store.SetAsync(2, "a", "Y");
        var edit = store.LastCommit;
        await store.WriteBackAsync("""[{"id":"us_rc_0001000000000002","values":{"b":{"value":2}}}]""", edit);
        await store.InsertAsync("""[{"a":{"value":"z"}}]""");

        Assert.Equal(["X", "Y"], await store.ValuesAsync("a", new RowQuery { Commit = insert }));
        Assert.Equal(["Y"], await store.ValuesAsync("a", new RowQuery { Commit = edit }));
        Assert.Equal(["Y", "z"], await store.ValuesAsync("a", new RowQuery { SinceCommit = insert }));
        Assert.Equal(["z"], await store.ValuesAsync("a", new RowQuery { SinceCommit = edit }));
        Assert.Empty(await store.RowsAsync(new RowQuery { SinceCommit = store.LastCommit }));
    }

    [Fact]
    public async Task AHookThatWritesToOtherRowsPutsThemIntoItsCommit()
    {
        await using var store = await Store.WithFieldsAsync(Fields);
        await store.InsertAsync("""[{"a":{"value":"x"}}]""");
        await store.InsertAsync("""[{"a":{"value":"y"}}]""");

        await store.WriteBackAsync($$$$"""[{"id":"{{{{Id}}}}","values":{"a":{"value":"X"}}}]""", store.LastCommit);

        Assert.Equal(["X", "y"], await store.ValuesAsync("a", new RowQuery { Commit = store.LastCommit }));
    }
}
