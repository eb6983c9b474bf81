using Flatfile.Api;
using Guides.Tests.Support;

namespace Guides.Tests.Spaces;

/// <summary>Clean up completed spaces automatically: find them by state and age, export, delete.</summary>
public sealed class AutomaticSpaceCleanup
{
    [Fact]
    public async Task The_typed_client_finds_completed_spaces_nobody_touched_since_and_deletes_them()
    {
        await using var server = await GuideServer.StartAsync();
        var spaces = server.Client.Spaces;
        var done = await spaces.CreateAsync(new SpaceConfig { Name = "Old and completed" });
        await spaces.UpdateAsync(done.Id, new SpaceConfig { Status = SpaceStatus.Completed });
        var open = await spaces.CreateAsync(new SpaceConfig { Name = "Old and open" });
        var cutoff = (await spaces.GetAsync(open.Id)).UpdatedAt.AddMilliseconds(1);
        var later = await NextMillisecondAsync(spaces, cutoff);

        var old = new List<Space>();
        await foreach (var space in spaces.ListAsync(new SpaceQuery { Status = SpaceStatus.Completed, UpdatedBefore = cutoff }))
        {
            old.Add(space);
        }

        foreach (var space in old)
        {
            await spaces.DeleteAsync(space.Id);
        }

        Assert.Equal([done.Id], old.Select(space => space.Id));
        Assert.Equal(404, (int)(await Assert.ThrowsAsync<FlatfileApiException>(() => spaces.GetAsync(done.Id))).Status!);
        Assert.Equal(SpaceStatus.Completed, (await spaces.GetAsync(later.Id)).Status);
        Assert.Equal("Old and open", (await spaces.GetAsync(open.Id)).Name);
    }

    [Fact]
    public async Task Raw_HTTP_selects_by_status_and_time_and_names_what_is_no_time()
    {
        await using var server = await GuideServer.StartAsync();
        await server.RawAsync("POST", "spaces", """{"name":"Open"}""");
        var done = (string)(await server.RawAsync("POST", "spaces", """{"name":"Done"}"""))["data"]!["id"]!;
        await server.RawAsync("PATCH", $"spaces/{done}", """{"status":"completed"}""");

        Assert.Equal(done, (string?)Assert.Single((await server.RawAsync("GET", "spaces?status=completed&updatedBefore=2999-01-01T00:00:00Z"))["data"]!.AsArray())!["id"]);
        Assert.Empty((await server.RawAsync("GET", "spaces?status=completed&updatedBefore=2000-01-01T00:00:00Z"))["data"]!.AsArray());
        Assert.Equal("updatedBefore", (string?)(await server.RawAsync("GET", "spaces?updatedBefore=yesterday", status: 400))["errors"]![0]!["key"]);
    }

    /// <summary>A completed space that was surely touched after a time.</summary>
    private static async Task<Space> NextMillisecondAsync(SpacesClient spaces, DateTimeOffset after)
    {
        var space = await spaces.CreateAsync(new SpaceConfig { Name = "Fresh and completed" });
        do
        {
            space = await spaces.UpdateAsync(space.Id, new SpaceConfig { Status = SpaceStatus.Completed });
        }
        while (space.UpdatedAt < after);

        return space;
    }
}
