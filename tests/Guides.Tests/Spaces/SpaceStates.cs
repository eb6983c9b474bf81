using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Spaces progress through different states, and say so.</summary>
public sealed class SpaceStates
{
    [Fact]
    public async Task Handlers_of_an_agent_hear_created_configured_and_completed()
    {
        var created = new Seen<string?>();
        var configured = new Seen<string?>();
        var completed = new Seen<string?>();
        await using var server = await GuideServer.StartAsync(listener =>
        {
            listener.On("space:created", (context, _) => Tell(created, context.Event.Context.SpaceId));
            listener.On("space:configured", (context, _) => Tell(configured, context.Event.Context.SpaceId));
            listener.On("space:completed", (context, _) => Tell(completed, context.Event.Context.SpaceId));
        });

        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Customer Import - Q1 2024", Workbook = Blueprints.CustomerWorkbook });
        await server.Client.Spaces.UpdateAsync(space.Id, new SpaceConfig { Status = SpaceStatus.Completed });

        Assert.Equal(space.Id, await created.Async("space:created"));
        Assert.Equal(space.Id, await configured.Async("space:configured"));
        Assert.Equal(space.Id, await completed.Async("space:completed"));
    }

    [Fact]
    public async Task The_typed_client_takes_a_space_through_its_whole_life()
    {
        await using var server = await GuideServer.StartAsync();
        var spaces = server.Client.Spaces;
        var space = await spaces.CreateAsync(new SpaceConfig { Name = "Customer Import - Q1 2024" });
        Assert.Equal(SpaceStatus.Created, space.Status);
        Assert.Equal(SpaceStatus.Configured, (await spaces.UpdateAsync(space.Id, new SpaceConfig { Workbook = Blueprints.CustomerWorkbook, Status = SpaceStatus.Configured })).Status);
        var completed = await spaces.UpdateAsync(space.Id, new SpaceConfig { Status = SpaceStatus.Completed });
        Assert.Equal((SpaceStatus.Completed, true), (completed.Status, completed.CompletedAt is not null));
        await spaces.ArchiveAsync(space.Id);
        Assert.Equal(SpaceStatus.Archived, (await spaces.GetAsync(space.Id)).Status);

        var expired = await spaces.ExpireAsync(space.Id);

        Assert.Equal((SpaceStatus.Expired, true), (expired.Status, expired.ExpiredAt is not null));
        Assert.Equal(
            [
                Topics.SpaceCreated, Topics.WorkbookCreated, Topics.SheetCreated, Topics.SpaceUpdated, Topics.SpaceUpdated, Topics.SpaceCompleted,
                Topics.SpaceArchived, Topics.WorkbookExpired, Topics.SpaceExpired,
            ],
            await server.TopicsAsync(space.Id));
    }

    [Fact]
    public async Task Raw_HTTP_finds_an_expired_space_without_its_data_and_unchangeable()
    {
        await using var server = await GuideServer.StartAsync();
        var space = await server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Customer Import - Q1 2024", Workbook = Blueprints.CustomerWorkbook });
        var sheet = (await server.Client.Workbooks.GetAsync(space.PrimaryWorkbookId!)).Sheets![0].Id;
        await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Ada"}}]""");
        var job = (string)(await server.RawAsync("POST", "jobs", $$"""{"type":"sheet","operation":"check","source":"{{sheet}}"}"""))["data"]!["id"]!;
        var file = await server.Client.Files.UploadAsync(
            space.Id, server.EnvironmentId, "a.csv", new MemoryStream("a\n1\n"u8.ToArray()));

        await server.RawAsync("POST", $"spaces/{space.Id}/expire");

        Assert.Equal("expired", (string?)(await server.RawAsync("GET", $"spaces/{space.Id}"))["data"]!["status"]);
        Assert.Empty((await server.RawAsync("GET", $"sheets/{sheet}/records"))["data"]!["records"]!.AsArray());
        Assert.Equal("canceled", (string?)(await server.RawAsync("GET", $"jobs/{job}"))["data"]!["status"]);
        Assert.Equal("purged", (string?)(await server.RawAsync("GET", $"files/{file.Id}"))["data"]!["status"]);
        await server.RawAsync("GET", $"files/{file.Id}/download", status: 404);
        var refused = await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Bob"}}]""", 409);
        Assert.Contains("has expired", (string?)refused["errors"]![0]!["message"], StringComparison.Ordinal);
    }

    private static Task Tell(Seen<string?> seen, string? spaceId)
    {
        seen.Tell(spaceId);
        return Task.CompletedTask;
    }
}
