using Flatfile.Spaces.Events;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flatfile.Spaces.Tests.Hosting;

/// <summary>What a crash leaves behind is put in line by the next start.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EventsCommittedButNotRelayedAreInTheLogAfterTheStartExactlyOnce()
    {
        var (first, second) = await TwoSpacesAsync();
        await using (var bare = new WithoutRelay(_folder.Path))
        {
            await bare.StartAsync();
            foreach (var id in new[] { first, second })
            {
                var space = await bare.SpaceAsync(id);
                for (var i = 0; i < 1_200; i++)
                {
                    await space.WriteAsync("us_usr_test0000", write => write.Emit(new NewEvent("space:updated", "space")), CancellationToken.None);
                }
            }
        }

        for (var start = 0; start < 2; start++)
        {
            await using var server = await SpacesServer.StartAsync(_folder.Path);
            foreach (var id in new[] { first, second })
            {
                var events = (await server.DataAsync("GET", $"events?spaceId={id}&since=2000-01-01T00:00:00Z")).AsArray();
                Assert.Equal(1_201, events.Count);
                Assert.Equal(1_201, events.Select(one => (string)one!["id"]!).Distinct().Count());
            }
        }
    }

    [Fact]
    public async Task AFinishedFolderTheRegistryDoesNotKnowIsRegistered()
    {
        var (first, _) = await TwoSpacesAsync();
        await using (var bare = new WithoutRelay(_folder.Path))
        {
            await bare.StartAsync();
            await bare.CentralAsync("UPDATE spaces SET state = 'reserved', body = NULL, cursor = 0 WHERE number = 1; DELETE FROM events WHERE space = 1; UPDATE idempotency SET answer = NULL, space = 1");
        }

        await using var server = await SpacesServer.StartAsync(_folder.Path);

        Assert.Equal(200, (await server.SendAsync("GET", $"spaces/{first}")).Status);
        Assert.Equal(2, (await server.DataAsync("GET", "spaces")).AsArray().Count);
        Assert.Equal(["space:created"], await server.TopicsAsync(first));
        var repeated = await server.SendAsync("POST", "spaces", """{"name":"A space"}""", idempotencyKey: "first");
        Assert.Equal(first, (string)repeated.Json["data"]!["id"]!);
        Assert.Equal(["space:created"], await server.TopicsAsync(first));
    }

    [Fact]
    public async Task ACreationCutOffBeforeItsEndIsDoneAnewUnderItsNumber()
    {
        var (first, second) = await TwoSpacesAsync();
        var folder = Path.Combine(_folder.Path, "spaces", first);
        await using (var bare = new WithoutRelay(_folder.Path))
        {
            await bare.StartAsync();
            await bare.CentralAsync("UPDATE spaces SET state = 'reserved', body = NULL, cursor = 0 WHERE number = 1; DELETE FROM events WHERE space = 1; UPDATE idempotency SET answer = NULL, space = 1");
        }

        Directory.Move(folder, Path.Combine(_folder.Path, "spaces", ".new-" + first));

        await using var server = await SpacesServer.StartAsync(_folder.Path);
        Assert.Equal(404, (await server.SendAsync("GET", $"spaces/{first}")).Status);
        Assert.Equal([second], Directory.GetDirectories(Path.Combine(_folder.Path, "spaces")).Select(path => Path.GetFileName(path)!));
        var repeated = await server.SendAsync("POST", "spaces", """{"name":"A space"}""", idempotencyKey: "first");
        Assert.Equal(first, (string)repeated.Json["data"]!["id"]!);
        Assert.Equal(["space:created"], await server.TopicsAsync(first));
    }

    [Fact]
    public async Task ADeletionCutOffAfterItsTombstoneIsFinished()
    {
        var (first, second) = await TwoSpacesAsync();
        await using (var bare = new WithoutRelay(_folder.Path))
        {
            await bare.StartAsync();
            await bare.CentralAsync("UPDATE spaces SET state = 'deleted' WHERE number = 1");
        }

        Directory.CreateDirectory(Path.Combine(_folder.Path, "spaces", ".trash-us_sp_00000000"));

        await using var server = await SpacesServer.StartAsync(_folder.Path);
        Assert.Equal([second], Directory.GetDirectories(Path.Combine(_folder.Path, "spaces")).Select(path => Path.GetFileName(path)!));
        Assert.Equal(404, (await server.SendAsync("GET", $"spaces/{first}")).Status);
    }

    [Fact]
    public async Task AFolderNobodyKnowsIsLeftAlone()
    {
        await TwoSpacesAsync();
        var strange = Path.Combine(_folder.Path, "spaces", "my notes");
        Directory.CreateDirectory(strange);

        await using var server = await SpacesServer.StartAsync(_folder.Path);

        Assert.True(Directory.Exists(strange));
        Assert.Equal(2, (await server.DataAsync("GET", "spaces")).AsArray().Count);
    }

    private async Task<(string First, string Second)> TwoSpacesAsync()
    {
        await using var server = await SpacesServer.StartAsync(_folder.Path);
        var first = await server.SendAsync("POST", "spaces", """{"name":"A space"}""", idempotencyKey: "first");
        return ((string)first.Json["data"]!["id"]!, await server.SpaceAsync());
    }

    /// <summary>The stores of a server whose relay never runs.</summary>
    private sealed class WithoutRelay : IAsyncDisposable
    {
        private readonly CentralStore _central;
        private readonly SpaceShelf _shelf;
        private readonly SpaceRegistry _registry;

        public WithoutRelay(string path)
        {
            var options = new SpacesOptions { DataFolder = path };
            var folder = new DataFolder(options);
            _central = new CentralStore(folder, new EventLog(), TimeProvider.System);
            _shelf = new SpaceShelf(options, _central);
            var relay = new EventRelay(_central, TimeProvider.System, NullLogger<EventRelay>.Instance);
            _registry = new SpaceRegistry(folder, _central, _shelf, relay, TimeProvider.System);
        }

        public async Task StartAsync()
        {
            await _central.StartAsync(CancellationToken.None);
            await CentralAsync("UPDATE runs SET clean = 0");
        }

        public Task CentralAsync(string sql) =>
            _central.WriteAsync("", "", change => change.Connection.Execute(sql), CancellationToken.None);

        public async Task<SpaceFolder> SpaceAsync(string id)
        {
            Assert.True(Flatfile.Spaces.Ids.ResourceId.TryParse("us_sp_", id, out var parsed));
            return await _registry.GetAsync(parsed.Space, CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            await _shelf.DisposeAsync();
            await _central.DisposeAsync();
        }
    }
}
