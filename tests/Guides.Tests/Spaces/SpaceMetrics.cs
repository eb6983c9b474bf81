using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Generate space usage reports.</summary>
public sealed class SpaceMetrics
{
    [Fact]
    public async Task The_typed_client_reports_what_the_guide_adds_up_from_the_events()
    {
        await using var server = await GuideServer.StartAsync();
        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig
        {
            Name = "Customer Import - Q1 2024",
            Workbook = Blueprints.CustomerWorkbook,
            Users = [new SpaceUser { Email = "a@acme.com", Role = "editor" }, new SpaceUser { Email = "b@acme.com", Role = "viewer" }],
        });
        var sheet = (await server.Client.Workbooks.GetAsync(space.PrimaryWorkbookId!)).Sheets![0].Id;
        await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Ada"}},{"name":{"value":"Bob"}}]""");
        await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Eve"}}]""");
        await server.Client.Files.UploadAsync(space.Id, server.EnvironmentId, "a.csv", new MemoryStream("a\n1\n"u8.ToArray()));
        var done = await server.Client.Spaces.UpdateAsync(space.Id, new SpaceConfig { Status = SpaceStatus.Completed });

        var metrics = await server.Client.Spaces.GetMetricsAsync(space.Id);

        var events = new List<Event>();
        await foreach (var one in server.Client.Events.ListAsync(space.Id))
        {
            events.Add(one);
        }

        Assert.Equal(("Customer Import - Q1 2024", SpaceStatus.Completed, space.CreatedAt), (metrics.Name, metrics.Status, metrics.CreatedAt));
        Assert.Equal(events.Count, metrics.TotalEvents);
        Assert.Equal((2, 1), (metrics.UserCount, metrics.FileCount));
        Assert.Equal(events.Where(one => one.Topic == "records:created").Sum(one => (int)one.Context["recordCount"]!), metrics.RecordsProcessed);
        Assert.Equal(3, metrics.RecordsProcessed);
        Assert.Equal(done.CompletedAt - done.CreatedAt, metrics.TimeToComplete);
    }

    [Fact]
    public async Task Raw_HTTP_says_nothing_of_the_time_before_the_space_is_completed()
    {
        await using var server = await GuideServer.StartAsync();
        var space = (string)(await server.RawAsync("POST", "spaces", """{"name":"Customer Import - Q1 2024"}"""))["data"]!["id"]!;

        var metrics = (await server.RawAsync("GET", $"spaces/{space}/metrics"))["data"]!;

        Assert.Null(metrics["timeToComplete"]);
        Assert.Equal(1, (int)metrics["totalEvents"]!);
        Assert.Equal(0, (int)metrics["recordsProcessed"]!);
    }
}
