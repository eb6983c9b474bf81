using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Monitor what spaces use, and hold them to limits.</summary>
public sealed class ResourceManagement
{
    [Fact]
    public async Task The_typed_client_monitors_every_space()
    {
        await using var server = await GuideServer.StartAsync();
        var small = await server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Small" });
        var large = await server.Client.Spaces.CreateAsync(new SpaceConfig { Name = "Large" });
        await server.Client.Files.UploadAsync(large.Id, server.EnvironmentId, "large.csv", new MemoryStream(new byte[3_000_000]));

        var over = new List<string>();
        await foreach (var space in server.Client.Spaces.ListAsync())
        {
            var usage = await server.Client.Spaces.GetUsageAsync(space.Id);
            Assert.Equal(0, usage.AgeInDays);
            if (usage.StorageUsed > 3_000_000)
            {
                over.Add(space.Id);
            }
        }

        Assert.Equal([large.Id], over);
        Assert.True((await server.Client.Spaces.GetUsageAsync(small.Id)).StorageUsed > 0);
    }

    [Fact]
    public async Task Raw_HTTP_refuses_what_goes_beyond_a_limit_and_says_so_in_events()
    {
        await using var server = await GuideServer.StartAsync();
        var space = (await server.RawAsync(
            "POST", "spaces", $$$"""{"name":"Limited","limits":{"maxRecords":10},"workbook":{{{Blueprints.Json(Blueprints.CustomerWorkbook)}}}}"""))["data"]!;
        var sheet = (await server.RawAsync("GET", $"workbooks/{space["primaryWorkbookId"]}"))["data"]!["sheets"]![0]!["id"];
        var nine = $"[{string.Join(',', Enumerable.Repeat("""{"name":{"value":"Ada"}}""", 9))}]";
        await server.RawAsync("POST", $"sheets/{sheet}/records", nine);

        var refused = await server.RawAsync("POST", $"sheets/{sheet}/records", nine, 409);

        Assert.Contains("10", (string?)refused["errors"]![0]!["message"], StringComparison.Ordinal);
        Assert.Equal(9, (int)(await server.RawAsync("GET", $"spaces/{space["id"]}/usage"))["data"]!["records"]!);
        await server.RawAsync("POST", $"sheets/{sheet}/records", """[{"name":{"value":"Ada"}}]""");
        var topics = await server.TopicsAsync((string)space["id"]!);
        Assert.Contains(Topics.SpaceLimitApproached, topics);
        Assert.Contains(Topics.SpaceLimitReached, topics);
    }
}
