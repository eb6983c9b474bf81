using Flatfile.Agent.Core.Binding;

namespace Core.Tests.Binding;

public sealed class ExplainTests
{
    [Fact]
    public void EveryBindingHasItsLines()
    {
        var catalog = new HandlerCatalog(
        [
            Binding("configure", HandlerKind.Job, "job:ready", """{"job":"space:configure"}""", fallback: true),
            Binding("own", HandlerKind.Job, "job:ready", """{"job":"space:*"}"""),
            Binding("contacts", HandlerKind.Event, "records:*", """{"sheetSlug":["contacts","people"]}"""),
            Binding("deep", HandlerKind.Event, "job:*", """{"slugs.sheet":"contacts","operation":"extract"}"""),
        ]);

        var report = catalog.Explain(Some.Event("job:ready", """{"job":"space:configure","n":1}""", """{"sheetSlug":"orders"}""")).ToString();

        Assert.Equal(
            """
            Event us_evt_1 on job:ready: 1 of 4 handlers.
            MISS  configure (job handler of P)
                    HIT  topic job:ready
                    HIT  filter job = "space:configure": the event has payload.job = "space:configure"
                    MISS fallback: stepped aside for own of P
            HIT   own (job handler of P)
                    HIT  topic job:ready
                    HIT  filter job = "space:*": the event has payload.job = "space:configure"
            MISS  contacts (event handler of P)
                    MISS topic records:*: the event's topic is job:ready
                    MISS filter sheetSlug = any of "contacts", "people": the event has context.sheetSlug = "orders"
            MISS  deep (event handler of P)
                    HIT  topic job:*
                    MISS filter slugs.sheet = "contacts": the event has no such key, looked for as an anchored path (keys with '.' or '*' start at the top)
                    MISS filter operation = "extract": the event has no such key, looked for at any depth

            """,
            report.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("space:*", "{}", "MISS topic space:*: '*' is one segment only, the event's topic space:file:uploaded has more; space:** would match")]
    [InlineData("**", """{"job":"*"}""", "MISS filter job = \"*\": the event has payload.job = \"file:extract\"; '*' does not reach across ':', '**' does")]
    [InlineData("**", """{"n":1}""", "MISS filter n = 1: the event has payload.n = \"1\"; a number or truth value in a filter does not match a text")]
    [InlineData("**", """{"job":[]}""", "MISS filter job = nothing (the list is empty): the event has payload.job = \"file:extract\"")]
    public void AMissSaysWhy(string topic, string filter, string line)
    {
        var catalog = new HandlerCatalog([Binding("h", HandlerKind.Event, topic, filter)]);

        var handler = Assert.Single(catalog.Explain(Some.Event("space:file:uploaded", """{"job":"file:extract","n":"1"}""")).Handlers);

        Assert.False(handler.Matches);
        Assert.Contains(line, handler.Lines);
    }

    [Theory]
    [InlineData("space:*", "{}", "'space:*' does not match space:file:uploaded, space:limit:approached and 4 more: '*' is one segment. 'space:**' does.")]
    [InlineData("!space:*", "{}", "'!space:*' contains one of ! { } [ ], which have no meaning in a topic glob and are read as they stand.")]
    [InlineData("space**", "{}", "'space**' has '**' beside other characters, where it stays inside one segment. Write it as a segment of its own, such as 'space:**'.")]
    [InlineData("job:redy", "{}", "'job:redy' matches none of Flatfile's topics; it is reached only by topics of your own.")]
    [InlineData("job:ready", """{"job":"*"}""", "the filter job = \"*\" matches no job: a job's name is type:operation, and '*' stays inside one segment. Write '*:*' or '**' for every job.")]
    [InlineData("job:ready", """{"sheetSlug":[]}""", "the filter on 'sheetSlug' has an empty list, which matches nothing.")]
    public void ABindingThatHopesTooMuchGetsAHint(string topic, string filter, string hint)
    {
        var catalog = new HandlerCatalog([Binding("h", HandlerKind.Event, topic, filter)]);

        Assert.Equal("h (P): " + hint, Assert.Single(catalog.Hints));
    }

    [Theory]
    [InlineData("space:**", "{}")]
    [InlineData("job:*", """{"job":"*:*"}""")]
    [InlineData("**", """{"job":["*","**"]}""")]
    [InlineData("", "{}")]
    public void ASoundBindingGetsNone(string topic, string filter) =>
        Assert.Empty(new HandlerCatalog([Binding("h", HandlerKind.Event, topic, filter)]).Hints);

    [Fact]
    public void TwoHandlersOfOneJobGetAHintUnlessOneIsAFallback()
    {
        var first = Binding("first", HandlerKind.Job, "job:ready", """{"job":"a:b"}""");

        Assert.Equal(
            "first and second all run the job 'a:b': a job wants one handler. Remove one, narrow its filter, or mark one Fallback.",
            Assert.Single(new HandlerCatalog([first, Binding("second", HandlerKind.Job, "job:ready", """{"job":"a:b"}""")]).Hints));
        Assert.Empty(new HandlerCatalog([first, Binding("second", HandlerKind.Job, "job:ready", """{"job":"a:b"}""", fallback: true)]).Hints);
    }

    private static HandlerBinding Binding(string id, HandlerKind kind, string topic, string filter, bool fallback = false)
    {
        BindingRule[] rules = [new([TopicGlob.Parse(topic)], [EventFilterMatcher.Parse(filter)], fallback)];
        return kind == HandlerKind.Job
            ? HandlerBinding.ForJobs(id, "P", "J", rules, _ => throw new NotSupportedException())
            : HandlerBinding.ForEvents(id, "P", "H", rules, _ => throw new NotSupportedException());
    }
}
