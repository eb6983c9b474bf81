using Flatfile.Api;
using Flatfile.Agent.Handlers.RecordHooks;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.RecordHooks;

public sealed class RunRecordHooksTests
{
    [Fact]
    public async Task HooksRunInOrderOverTheSameRowsWithOneWriteBackPerPage()
    {
        var records = new TestEventRecords([Row("1", "a"), Row("2", "b")], [Row("3", "c")]);

        await RunAsync(records, new Append("people", "x"), new Append("**", "y"), new Append("peo*", "z"), new Append("deals", "no"));

        Assert.Equal(["read 1", "update 2", "read 2", "update 1", "complete"], records.Calls);
        Assert.Equal(["axyz", "bxyz", "cxyz"], records.Written.Select(r => r.GetText("name")));
    }

    [Fact]
    public async Task AHookThatThrowsMarksItsBatchAndReachesThePipelineAndNothingOfItsPageIsWrittenNorTheCommitCompleted()
    {
        var records = new TestEventRecords([Row("1", "a"), Row("2", "bad"), Row("3", "c")], [Row("4", "d")]);

        await Assert.ThrowsAsync<Crash>(() => RunAsync(records, new Throwing("bad") { Size = 2 }, new Append("people", "x")));

        Assert.Equal(["read 1", $"mark 1,2: {Unchecked}"], records.Calls);
    }

    [Fact]
    public async Task AHookThatKnowsWhichRowsFailedMarksThoseAlone()
    {
        var records = new TestEventRecords([Row("1", "a"), Row("2", "bad"), Row("3", "bad")]);

        await Assert.ThrowsAsync<RowsFailedException>(() => RunAsync(records, new Throwing("bad") { ByRow = true }));

        Assert.Equal(["read 1", $"mark 2,3: {Unchecked}"], records.Calls);
    }

    [Fact]
    public async Task EveryBatchIsTriedSoThatAllRowsThatFailAreMarkedAtOnce()
    {
        var records = new TestEventRecords([Row("1", "bad"), Row("2", "b"), Row("3", "bad")]);

        var fault = await Assert.ThrowsAsync<AggregateException>(() => RunAsync(records, new Throwing("bad") { Size = 1 }));

        Assert.All(fault.InnerExceptions, inner => Assert.IsType<Crash>(inner));
        Assert.Equal(["read 1", $"mark 1: {Unchecked}", $"mark 3: {Unchecked}"], records.Calls);
    }

    [Fact]
    public async Task AnEndThatIsAskedForIsNoFailureOfTheRows()
    {
        var records = new TestEventRecords([Row("1", "bad")]);
        using var end = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(records, end.Token, new Ending(end)));

        Assert.Equal(["read 1"], records.Calls);
    }

    [Fact]
    public async Task AHookSeesNoMoreRowsAtOnceThanItAsksFor()
    {
        var hook = new Append("people", "x") { Size = 2 };

        await RunAsync(new TestEventRecords([.. Enumerable.Range(0, 5).Select(i => new[] { Row($"{i}", "a"), Row($"{i}b", "a"), Row($"{i}c", "a") })]), hook);

        Assert.Equal([2, 1, 2, 1, 2, 1, 2, 1, 2, 1], hook.Batches);
    }

    [Theory]
    [InlineData("places", true)]
    [InlineData("strangers", false)]
    public async Task ACommitNoHookIsForIsCompletedWhereABlueprintOfOursKnowsTheSheetAndLeftToOthersElsewhere(string slug, bool completed)
    {
        var records = new TestEventRecords([Row("1", "a")]);

        await new RunRecordHooks(new Contributions<RecordHook>(new Append("deals", "x")), new Contributions<SpaceBlueprint>(new Places()), new FlatfileDouble().Client(), TimeProvider.System)
            .HandleAsync(new TestEventContext(Events.Of("commit:created", new { sheetSlug = slug, commitId = "us_vr_1" }), records), CancellationToken.None);

        Assert.Equal(completed ? ["complete"] : [], records.Calls);
    }

    [Theory]
    [InlineData("people", "people", true)]
    [InlineData("people", "peoples", false)]
    [InlineData("**", "people", true)]
    [InlineData("*", "people", true)]
    [InlineData("p*e", "people", true)]
    [InlineData("p*x", "people", false)]
    [InlineData("*op*", "people", true)]
    [InlineData("People", "people", false)]
    [InlineData("", "people", false)]
    public void ASlugGlobMatches(string glob, string slug, bool matches) => Assert.Equal(matches, SlugGlob.Matches(glob, slug));

    private const string Unchecked =
        "This row has not been checked: Throwing failed. It is tried again by itself; if this message stays, ask whoever runs the agent to look into its dead letters.";

    private static string Row(string id, string name) =>
        $$$"""{"id":"{{{id}}}","values":{"name":{"value":"{{{name}}}","messages":[]}},"metadata":{},"config":{}}""";

    private static Task RunAsync(TestEventRecords records, params RecordHook[] hooks) => RunAsync(records, CancellationToken.None, hooks);

    private static Task RunAsync(TestEventRecords records, CancellationToken cancellationToken, params RecordHook[] hooks) =>
        new RunRecordHooks(new Contributions<RecordHook>(hooks), new Contributions<SpaceBlueprint>(new Places()), new FlatfileDouble().Client(), TimeProvider.System)
            .HandleAsync(new TestEventContext(Events.Of("commit:created", new { sheetSlug = "people", commitId = "us_vr_1" }), records), cancellationToken);

    /// <summary>A blueprint with one sheet, <c>places</c>.</summary>
    private sealed class Places : SpaceBlueprint
    {
        public override string Name => "Places";

        public override IReadOnlyList<WorkbookConfig> Workbooks => [new() { Name = "W", Sheets = [new() { Name = "Places", Slug = "places" }] }];
    }

    private sealed class Append(string slug, string suffix) : RecordHook
    {
        public int Size { get; init; } = 10_000;

        public List<int> Batches { get; } = [];

        public override string SheetSlug => slug;

        public override int BatchSize => Size;

        public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
        {
            Batches.Add(records.Count);
            foreach (var record in records)
            {
                record.Set("name", record.GetText("name") + suffix);
            }

            return Task.CompletedTask;
        }
    }

    private sealed class Throwing(string name) : RecordHook
    {
        public int Size { get; init; } = 10_000;

        public bool ByRow { get; init; }

        public override string SheetSlug => "**";

        public override int BatchSize => Size;

        public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
        {
            var bad = records.Where(r => r.GetText("name") == name).ToList();
            return bad.Count == 0 ? Task.CompletedTask : throw (ByRow ? new RowsFailedException(bad, new Crash()) : new Crash());
        }
    }

    private sealed class Ending(CancellationTokenSource end) : RecordHook
    {
        public override string SheetSlug => "**";

        public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
        {
            end.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }
    }
}
