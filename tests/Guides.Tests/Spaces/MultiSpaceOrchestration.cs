using System.Text.Json.Nodes;
using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Coordinate multiple spaces: create one per dataset, wait for all, consolidate.</summary>
public sealed class MultiSpaceOrchestration
{
    [Fact]
    public async Task The_typed_client_waits_for_all_by_the_servers_push_and_adds_up()
    {
        await using var server = await GuideServer.StartAsync();
        var batch = new SpaceBatch(server.Client, "batch-2024-q1");
        var spaces = await batch.CreateAsync([.. Datasets()]);
        var waiting = batch.WaitAsync([.. spaces.Select(space => space.Id)]);
        foreach (var (space, rows) in spaces.Zip([2, 3, 0]))
        {
            await FillAsync(server, space, rows);
        }

        await server.Client.Spaces.UpdateAsync(spaces[1].Id, new SpaceConfig { Status = SpaceStatus.Completed });
        await server.Client.Spaces.UpdateAsync(spaces[0].Id, new SpaceConfig { Status = SpaceStatus.Completed });
        Assert.False(waiting.IsCompleted);
        await server.Client.Spaces.DeleteAsync(spaces[2].Id);
        var result = await waiting.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(["completed", "completed", "deleted"], result.Spaces.Select(space => space.Status));
        Assert.False(result.IsCompleted);
        Assert.Equal([new SheetTotal("customers", 5, 5, 0)], result.Sheets);
    }

    [Fact]
    public async Task A_batch_that_is_run_again_makes_no_space_twice_and_finds_what_ended_meanwhile()
    {
        await using var server = await GuideServer.StartAsync();
        var first = await new SpaceBatch(server.Client, "batch-2024-q1").CreateAsync([.. Datasets()]);
        foreach (var space in first)
        {
            await server.Client.Spaces.UpdateAsync(space.Id, new SpaceConfig { Status = SpaceStatus.Completed });
        }

        var told = new List<SpaceBatchProgress>();
        var result = await new SpaceBatch(server.Client, "batch-2024-q1").RunAsync([.. Datasets()], new Told(told)).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(result.IsCompleted);
        Assert.Equal(first.Select(space => space.Id), result.Spaces.Select(space => space.SpaceId));
        Assert.Equal([(1, 3), (2, 3), (3, 3)], told.Select(one => (one.Ended, one.Total)));
        var found = (await server.RawAsync("GET", "spaces"))["data"]!.AsArray();
        Assert.Equal(3, found.Count);
        Assert.All(found, space => Assert.Equal("batch-2024-q1", (string?)space!["metadata"]!["batchId"]));
    }

    private static IEnumerable<SpaceConfig> Datasets() => new[] { "north", "south", "west" }.Select(dataset => new SpaceConfig
    {
        Name = $"Import - {dataset}", Workbook = Blueprints.CustomerWorkbook, Metadata = new JsonObject { ["dataset"] = dataset },
    });

    private static async Task FillAsync(GuideServer server, Space space, int rows)
    {
        var sheet = (await server.Client.Workbooks.GetAsync(space.PrimaryWorkbookId!)).Sheets![0].Id;
        for (var i = 0; i < rows; i++)
        {
            await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Ada"}}]""");
        }
    }

    private sealed class Told(List<SpaceBatchProgress> told) : IProgress<SpaceBatchProgress>
    {
        public void Report(SpaceBatchProgress value) => told.Add(value);
    }
}
