using System.Text.Json.Nodes;
using Flatfile.Agent;
using Flatfile.Agent.Core.Binding;

namespace Core.Tests.Binding;

public sealed class ListenerTests
{
    [Fact]
    public void OwnEntriesComeFirstThenEachChildDepthFirst()
    {
        var listener = new FlatfileListener();
        listener.Filter(new { }, a =>
        {
            a.Filter(null, deep => deep.On(["**"], null, Nothing, "a.deep"));
            a.On(["**"], null, Nothing, "a");
        });
        listener.Filter(new { }, b => b.On(["**"], null, Nothing, "b"));
        listener.On(["**"], null, Nothing, "own");

        Assert.Equal(["own", "a", "a.deep", "b"], Ids(listener, Some.Event("x")));
    }

    [Fact]
    public void AFilterThatFailsGuardsEntriesAndChildren()
    {
        var listener = new FlatfileListener(new JsonObject { ["spaceId"] = "us_sp_1" });
        listener.On(["**"], null, Nothing, "own");
        listener.Filter(new { sheetSlug = "contacts" }, child => child.On(["**"], new { name = "x" }, Nothing, "child"));

        Assert.Empty(Ids(listener, Some.Event("x", """{"name":"x"}""", """{"spaceId":"us_sp_2","sheetSlug":"contacts"}""")));
        Assert.Equal(["own"], Ids(listener, Some.Event("x", """{"name":"x"}""", """{"spaceId":"us_sp_1","sheetSlug":"people"}""")));
        Assert.Equal(["own"], Ids(listener, Some.Event("x", """{"name":"y"}""", """{"spaceId":"us_sp_1","sheetSlug":"contacts"}""")));
        Assert.Equal(["own", "child"], Ids(listener, Some.Event("x", """{"name":"x"}""", """{"spaceId":"us_sp_1","sheetSlug":"contacts"}""")));
    }

    [Fact]
    public void ANamespaceIsAFilterOnNamespaces()
    {
        var listener = new FlatfileListener();
        listener.Namespace("space:red", red => red.On(["**"], null, Nothing, "red"));
        listener.Namespace("*:blue", blue => blue.On(["**"], null, Nothing, "blue"));

        Assert.Equal(["red"], Ids(listener, Some.Event("x", more: ""","namespaces":["space:red"]""")));
        Assert.Equal(["red", "blue"], Ids(listener, Some.Event("x", more: ""","namespaces":["space:blue","space:red"]""")));
        Assert.Empty(Ids(listener, Some.Event("x")));
    }

    [Fact]
    public void EntriesWithoutANameAreKnownByTheirPlace()
    {
        var listener = new FlatfileListener().On("**", Nothing).On("**", Nothing);
        listener.Filter(null, child => child.On("**", Nothing).Filter(null, deep => deep.On("**", Nothing)));

        Assert.Equal(["P/L#0", "P/L#1", "P/L#0.0", "P/L#0.0.0"], Ids(listener, Some.Event("x")));
    }

    [Fact]
    public async Task TheListIsFixedBeforeTheFirstCallbackRuns()
    {
        var listener = new FlatfileListener();
        listener.On("**", (_, _) =>
        {
            listener.On("**", Nothing);
            return Task.CompletedTask;
        });
        var catalog = new HandlerCatalog(ListenerBindings.Of(listener, "P", "L"));
        var @event = Some.Event("x");

        foreach (var binding in catalog.Match(@event))
        {
            await binding.CreateEventHandler(NoServices.Instance).HandleAsync(Some.Context(@event), CancellationToken.None);
        }

        Assert.Single(catalog.Match(@event));
    }

    [Fact]
    public void AGlobThatIsTooLongIsToldWithItsEntry()
    {
        var listener = new FlatfileListener().On("**", Nothing).On(new string('*', 300), Nothing);

        var fault = Assert.Throws<FormatException>(() => ListenerBindings.Of(listener, "P", "L"));
        Assert.StartsWith("callback #1: The topic glob '****", fault.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Ids(FlatfileListener listener, FlatfileEvent @event) =>
        new HandlerCatalog(ListenerBindings.Of(listener, "P", "L")).Match(@event).Select(b => b.HandlerId);

    private static Task Nothing(EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
