using Flatfile.Agent.Core.Binding;

namespace Core.Tests.Binding;

public sealed class HandlerCatalogTests
{
    [Fact]
    public void AHandlerWithSeveralRulesMatchesOnce()
    {
        var catalog = Catalog(Event("h", ("space:created", null), ("space:*", null), ("**", """{"spaceId":"*"}""")));

        Assert.Equal(["h"], Ids(catalog, "space:created"));
        Assert.Equal(["h"], Ids(catalog, "job:ready"));
        Assert.Empty(catalog.Match(Some.Event("job:ready")));
    }

    [Fact]
    public void HandlersComeInTheOrderOfTheCatalogueWhateverTheirGlobs()
    {
        var catalog = Catalog(Event("1", ("**", null)), Event("2", ("space:created", null)), Event("3", ("space:*", null)), Event("4", ("space:created", null)));

        Assert.Equal(["1", "2", "3", "4"], Ids(catalog, "space:created"));
    }

    [Fact]
    public void AFallbackStepsAsideForAnotherJobHandler()
    {
        var shipped = Job("shipped", "space:configure", fallback: true);
        var own = Job("own", "space:*");

        Assert.Equal(["shipped"], Jobs(Catalog(shipped), "space:configure"));
        Assert.Equal(["own"], Jobs(Catalog(shipped, own), "space:configure"));
        Assert.Equal(["shipped"], Jobs(Catalog(shipped, Job("other", "file:extract")), "space:configure"));
    }

    [Fact]
    public void AFallbackDoesNotStepAsideForAnEventHandlerOrForAnotherFallback()
    {
        var shipped = Job("shipped", "space:configure", fallback: true);

        Assert.Equal(["listener", "shipped"], Jobs(Catalog(Event("listener", ("job:ready", null)), shipped), "space:configure"));
        Assert.Equal(["shipped", "second"], Jobs(Catalog(shipped, Job("second", "space:*", fallback: true)), "space:configure"));
    }

    [Fact]
    public void ARuleThatIsNoFallbackMakesTheHandlerNoFallback()
    {
        var both = HandlerBinding.ForJobs("both", "P", "Both", [Rule("space:*", fallback: true), Rule("space:configure", fallback: false)], _ => throw new NotSupportedException());

        Assert.Equal(["both"], Jobs(Catalog(Job("shipped", "space:configure", fallback: true), both), "space:configure"));
        Assert.Equal(["shipped", "both"], Jobs(Catalog(Job("shipped", "space:other", fallback: true), both), "space:other"));
    }

    [Fact]
    public void AHandlerIsFoundByItsId()
    {
        var catalog = Catalog(Event("h", ("**", null)));

        Assert.Same(catalog.Bindings[0], catalog.Find("h"));
        Assert.Null(catalog.Find("gone"));
    }

    [Fact]
    public void TheIndexYieldsWhatAskingEveryBindingYields()
    {
        var random = new Random(7);
        string[] topics = ["space:created", "space:*", "**", "job:ready", "job:ready:", "*:ready", "space::created"];
        string?[] filters = [null, """{"job":"a:b"}""", """{"job":["a:b","c"]}""", """{"job":"a:*"}""", """{"n":"1"}""", """{"n":1}""", """{"payload.job":"c"}""", """{"job":"a:b","n":["1","2"]}"""];
        string[] payloads = ["{}", """{"job":"a:b"}""", """{"job":["x",["c"]]}""", """{"job":"a:b:","n":1}""", """{"n":"2","job":{"job":"a:b"}}""", """{"a.job":"a:b"}"""];
        var rules = Enumerable.Range(0, 300).Select(_ => new BindingRule(
            [TopicGlob.Parse(topics[random.Next(topics.Length)]), TopicGlob.Parse(topics[random.Next(topics.Length)])],
            [EventFilterMatcher.Parse(filters[random.Next(filters.Length)])])).ToList();
        var catalog = new HandlerCatalog([.. rules.Select((r, i) => HandlerBinding.ForEvents($"{i}", "P", "H", [r], _ => throw new NotSupportedException()))]);

        foreach (var topic in new[] { "space:created", "job:ready", "job:ready::", "other" })
        {
            foreach (var payload in payloads)
            {
                var @event = Some.Event(topic, payload);
                var expected = rules.Index().Where(r => r.Item.Matches(new FlattenedEvent(@event))).Select(r => $"{r.Index}");
                Assert.Equal(expected, catalog.Match(@event).Select(b => b.HandlerId));
            }
        }
    }

    [Fact]
    public void AThousandJobHandlersAreNotAskedOneByOne()
    {
        var catalog = Catalog([.. Enumerable.Range(0, 1_000).Select(i => Job($"{i}", $"sheet:job-{i}"))]);
        var few = Catalog([.. Enumerable.Range(0, 10).Select(i => Job($"{i}", $"sheet:job-{i}"))]);
        var @event = Some.JobReady("sheet:job-7");
        Measure(catalog, @event);
        Measure(few, @event);

        // Allocation is nearly the same on every machine and every day, time is not; asking a binding takes an enumerator at least.
        Assert.InRange(Measure(catalog, @event), 0, Measure(few, @event) + 4_096);
        Assert.Equal(["7"], catalog.Match(@event).Select(b => b.HandlerId));
    }

    private static long Measure(HandlerCatalog catalog, Flatfile.Agent.FlatfileEvent @event)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        catalog.Match(@event);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static HandlerCatalog Catalog(params HandlerBinding[] bindings) => new(bindings);

    private static HandlerBinding Event(string id, params (string Topic, string? Filter)[] rules) => HandlerBinding.ForEvents(
        id, "P", "H", [.. rules.Select(r => new BindingRule([TopicGlob.Parse(r.Topic)], [EventFilterMatcher.Parse(r.Filter)]))], _ => throw new NotSupportedException());

    private static HandlerBinding Job(string id, string job, bool fallback = false) =>
        HandlerBinding.ForJobs(id, "P", "J", [Rule(job, fallback)], _ => throw new NotSupportedException());

    private static BindingRule Rule(string job, bool fallback) =>
        new([TopicGlob.Parse("job:ready")], [EventFilterMatcher.Parse($$"""{"job":"{{job}}"}""")], fallback);

    private static IEnumerable<string> Ids(HandlerCatalog catalog, string topic) =>
        catalog.Match(Some.Event(topic, context: """{"spaceId":"us_sp_1"}""")).Select(b => b.HandlerId);

    private static IEnumerable<string> Jobs(HandlerCatalog catalog, string job) => catalog.Match(Some.JobReady(job)).Select(b => b.HandlerId);
}
