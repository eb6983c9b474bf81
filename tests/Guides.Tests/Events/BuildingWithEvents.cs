using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Events;

/// <summary>A callback between a change and what follows from it, by a topic glob and a target.</summary>
public sealed class BuildingWithEvents
{
    [Fact]
    public async Task A_glob_and_a_target_find_the_commit_and_its_rows()
    {
        var seen = new Seen<(string Topic, string? Name)>();
        await using var server = await GuideServer.StartAsync(listener => listener.On(
            "commit:*", new { target = "sheet(TestSheet)" }, async (context, stop) =>
            {
                await foreach (var page in context.Records.ReadPagesAsync(stop))
                {
                    seen.Tell((context.Event.Topic, page[0].GetText("name")));
                }
            }));
        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig
        {
            Name = "Customer Import - Q1 2024",
            Workbook = new WorkbookConfig { Name = "Test", Sheets = [new SheetConfig { Name = "Test", Slug = "TestSheet", Fields = [new Property { Key = "name", Type = "string" }] }] },
        });
        var sheet = (await server.Client.Workbooks.GetAsync(space.PrimaryWorkbookId!)).Sheets![0].Id;

        await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Ada"}}]""");

        Assert.Equal(("commit:created", "Ada"), await seen.Async("a commit of the sheet TestSheet"));
    }
}
