using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Events;

/// <summary>An event is routed to the listeners added with <c>addEventListener()</c> or its alias <c>on()</c>, and held against their filter.</summary>
public sealed class UsingEvents
{
    [Fact]
    public async Task Both_names_bind_and_a_filter_looks_at_the_context()
    {
        var all = new Seen<string>();
        var filtered = new Seen<string?>();
        var wrong = new Seen<string>();
        await using var server = await GuideServer.StartAsync(listener =>
        {
            listener.AddEventListener("sheet:created", (context, _) => Tell(all, context.Event.Topic));
            listener.On("sheet:created", new { context = new { sheetSlug = "TestSheet" } }, (context, _) => Tell(filtered, context.Event.Context.SheetSlug));
            listener.On("sheet:created", new { context = new { sheetSlug = "OtherSheet" } }, (context, _) => Tell(wrong, context.Event.Topic));
        });

        await server.Client.Spaces.CreateAsync(new SpaceConfig
        {
            Name = "Customer Import - Q1 2024",
            Workbook = new WorkbookConfig { Name = "Test", Sheets = [new SheetConfig { Name = "Test", Slug = "TestSheet", Fields = [new Property { Key = "a", Type = "string" }] }] },
        });

        Assert.Equal("sheet:created", await all.Async("the listener without a filter"));
        Assert.Equal("TestSheet", await filtered.Async("the listener of this sheet"));
        Assert.False(wrong.IsTold);
    }

    private static Task Tell<T>(Seen<T> seen, T what)
    {
        seen.Tell(what);
        return Task.CompletedTask;
    }
}
