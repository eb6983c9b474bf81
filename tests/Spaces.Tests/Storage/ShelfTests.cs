using Flatfile.Spaces.Events;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Storage;

public sealed class ShelfTests
{
    [Fact]
    public async Task ADamagedSpaceIsUnavailableAndTheOthersGoOn()
    {
        using var folder = new TemporaryFolder();
        string[] ids;
        await using (var server = await SpacesServer.StartAsync(folder.Path))
        {
            ids = [await server.SpaceAsync(), await server.SpaceAsync(), await server.SpaceAsync(), await server.SpaceAsync()];
        }

        string File(string id) => Path.Combine(folder.Path, "spaces", id, "space.db");
        await System.IO.File.WriteAllBytesAsync(File(ids[0]), new byte[9_000].Select((_, i) => (byte)i).ToArray());
        System.IO.File.Delete(File(ids[1]));
        await System.IO.File.WriteAllBytesAsync(File(ids[2]), []);

        await using var again = await SpacesServer.StartAsync(folder.Path);
        foreach (var id in ids[..3])
        {
            var reply = await again.SendAsync("GET", $"spaces/{id}");
            Assert.Equal(503, reply.Status);
            Assert.Contains(id, reply.Message, StringComparison.Ordinal);
            Assert.Equal(503, (await again.SendAsync("PATCH", $"spaces/{id}", """{"name":"x"}""")).Status);
        }

        Assert.Equal(200, (await again.SendAsync("PATCH", $"spaces/{ids[3]}", """{"name":"x"}""")).Status);
        Assert.Equal(["space:created", "space:updated"], await again.TopicsAsync(ids[3]));
        Assert.Equal(4, (await again.DataAsync("GET", "spaces")).AsArray().Count);
        Assert.False(System.IO.File.Exists(File(ids[1])));
        Assert.Equal(9_000, new FileInfo(File(ids[0])).Length);
        await again.DataAsync("DELETE", $"spaces/{ids[0]}");
        await again.DataAsync("DELETE", $"spaces/{ids[1]}");
        Assert.Equal(404, (await again.SendAsync("GET", $"spaces/{ids[0]}")).Status);
        Assert.False(Directory.Exists(Path.GetDirectoryName(File(ids[0]))));
        Assert.Equal("space:deleted", (await again.TopicsAsync(ids[0]))[^1]);
    }

    [Fact]
    public async Task ARestoredSpaceIsServedWithoutARestart()
    {
        await using var server = await SpacesServer.StartAsync(configure: options => options.MaxOpenSpaces = 1);
        var id = await server.SpaceAsync();
        var file = Path.Combine(server.Folder, "spaces", id, "space.db");
        await server.SpaceAsync();
        await server.TopicsAsync(id);
        await server.SpaceAsync();
        await server.TopicsAsync(id);
        await AwaitAsync(() => !File.Exists(file + "-wal"), "the space to be closed");
        File.Move(file, file + ".away");

        Assert.Equal(503, (await server.SendAsync("GET", $"spaces/{id}")).Status);
        File.Move(file + ".away", file);
        Assert.Equal(200, (await server.SendAsync("GET", $"spaces/{id}")).Status);
    }

    [Fact]
    public async Task ManySpacesShareFewOpenDatabases()
    {
        await using var server = await SpacesServer.StartAsync(configure: options => options.MaxOpenSpaces = 3);
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(await server.SpaceAsync());
        }

        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(ids.Select(id => server.DataAsync("PATCH", $"spaces/{id}", $$"""{"displayOrder":{{round}}}""")));
        }

        foreach (var id in ids)
        {
            Assert.Equal(["space:created", "space:updated", "space:updated", "space:updated"], await server.TopicsAsync(id));
        }

        foreach (var id in ids)
        {
            await server.DataAsync("GET", $"spaces/{id}");
        }

        var open = ids.Count(id => File.Exists(Path.Combine(server.Folder, "spaces", id, "space.db-wal")));
        Assert.True(open <= 4, $"{open} databases are open");
    }

    [Fact]
    public async Task ADeletionWaitsForTheWritesBeforeItAndRefusesThoseAfter()
    {
        await using var server = await SpacesServer.StartAsync();
        var id = await server.SpaceAsync();
        var space = await server.SpaceFolderAsync(id);
        var inside = new TaskCompletionSource();
        using var leave = new ManualResetEventSlim();
        var writing = Task.Run(() => space.WriteAsync("test", write =>
        {
            inside.SetResult();
            Assert.True(leave.Wait(TimeSpan.FromSeconds(20)));
            return write.Emit(new NewEvent("space:updated", "space"));
        }, CancellationToken.None));
        await inside.Task.WaitAsync(TimeSpan.FromSeconds(60));

        var deleting = server.SendAsync("DELETE", $"spaces/{id}");
        leave.Set();

        await writing;
        Assert.Equal(200, (await deleting).Status);
        Assert.Equal(["space:created", "space:updated", "space:deleted"], await server.TopicsAsync(id));
        await Assert.ThrowsAsync<Flatfile.Spaces.Http.ApiRefusal>(() => space.WriteAsync("test", write => write.Now, CancellationToken.None));
    }

    private static async Task AwaitAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, $"waited 20 s for {what}");
            await Task.Yield();
        }
    }
}
