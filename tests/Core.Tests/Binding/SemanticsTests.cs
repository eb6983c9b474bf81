using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Agent;
using Flatfile.Agent.Core.Binding;

namespace Core.Tests.Binding;

public sealed class SemanticsTests
{
    [Theory]
    [MemberData(nameof(Semantics.Topics), MemberType = typeof(Semantics))]
    public void ATopicMatchesAsInTheOfficialListener(string glob, string topic, bool matches)
    {
        Assert.Equal(matches, TopicGlob.Parse(glob).Matches(topic));

        if (topic.Length > 0)
        {
            Assert.Equal(matches, Matches(glob, null, Some.Event(topic)));
        }
    }

    [Theory]
    [MemberData(nameof(Semantics.Filters), MemberType = typeof(Semantics))]
    public void AFilterMatchesAsInTheOfficialListener(string filter, string members, bool matches)
    {
        var @event = EventWith(members);

        Assert.Equal(matches, EventFilterMatcher.Parse(filter).Matches(new FlattenedEvent(@event)));
        Assert.Equal(matches, Matches("job:ready", filter, @event));
        Assert.Equal(matches, Matches("**", filter, @event));
    }

    [Theory]
    [MemberData(nameof(Semantics.Filters), MemberType = typeof(Semantics))]
    public void TheReportOnAFilterSaysWhatTheMatchingSays(string filter, string members, bool matches)
    {
        var catalog = CatalogOf("job:ready", filter);

        var handler = Assert.Single(catalog.Explain(EventWith(members)).Handlers);

        Assert.Equal(matches, handler.Matches);
        Assert.Equal(matches, handler.Lines.All(l => l.StartsWith("HIT", StringComparison.Ordinal)));
    }

    [Fact]
    public void TheTableIsAsLongAsItShouldBe() => Assert.True(Semantics.Topics().Count() + Semantics.Filters().Count() >= 130);

    [Fact]
    public void AnEmptyListOfTopicsMatchesNothing()
    {
        var listener = new FlatfileListener().On([], null, (_, _) => Task.CompletedTask);

        Assert.Empty(new HandlerCatalog(ListenerBindings.Of(listener, "P", "L")).Match(Some.Event("space:created")));
    }

    [Fact]
    public void SeveralTopicsMatchWhenAnyDoes()
    {
        var listener = new FlatfileListener().On(["space:created", "job:*"], null, (_, _) => Task.CompletedTask);
        var catalog = new HandlerCatalog(ListenerBindings.Of(listener, "P", "L"));

        Assert.Single(catalog.Match(Some.Event("job:ready")));
        Assert.Single(catalog.Match(Some.Event("space:created")));
        Assert.Empty(catalog.Match(Some.Event("space:updated")));
    }

    private static bool Matches(string topic, string? filter, FlatfileEvent @event) => CatalogOf(topic, filter).Match(@event).Count == 1;

    private static HandlerCatalog CatalogOf(string topic, string? filter) => new(
        [HandlerBinding.ForEvents("h", "P", "H", [new BindingRule([TopicGlob.Parse(topic)], [EventFilterMatcher.Parse(filter)])], _ => throw new NotSupportedException())]);

    private static FlatfileEvent EventWith(string members)
    {
        var @event = (JsonObject)JsonNode.Parse("""{"id":"us_evt_1","topic":"job:ready","context":{},"payload":{}}""")!;
        foreach (var (name, value) in (JsonObject)JsonNode.Parse(members)!)
        {
            @event[name] = value?.DeepClone();
        }

        return FlatfileEvent.Parse(Encoding.UTF8.GetBytes(@event.ToJsonString()));
    }
}
