using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Storage;

/// <summary>SQLite's own page limit stands in for a full disk: the same error at the same place.</summary>
public sealed class DiskFullTests
{
    [Fact]
    public async Task AFullDiskIsSaidAndNothingIsHalfDone()
    {
        await using var server = await SpacesServer.StartAsync();
        var id = await server.SpaceAsync();
        var space = await server.SpaceFolderAsync(id);
        await LimitAsync(space, 1);
        var large = "{\"name\":\"large\",\"metadata\":{\"x\":\"" + new string('x', 500_000) + "\"}}";

        var reply = await server.SendAsync("PATCH", $"spaces/{id}", large);

        Assert.Equal(507, reply.Status);
        Assert.Contains("disk is full", reply.Message, StringComparison.Ordinal);
        Assert.Equal("A space", (string)(await server.DataAsync("GET", $"spaces/{id}"))["name"]!);
        Assert.Equal(["space:created"], await server.TopicsAsync(id));
        await LimitAsync(space, 1_000_000);
        Assert.Equal(200, (await server.SendAsync("PATCH", $"spaces/{id}", large)).Status);
        Assert.Equal(["space:created", "space:updated"], await server.TopicsAsync(id));
    }

    private static Task LimitAsync(SpaceFolder space, int pages) =>
        space.WriteAsync("test", write => write.Connection.Scalar($"PRAGMA max_page_count={pages}"), CancellationToken.None);
}
