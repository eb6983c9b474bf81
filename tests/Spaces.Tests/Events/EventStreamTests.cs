using System.Net;
using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Events;

/// <summary>Events as server-sent events: everything once, through cut connections and restarts, and nothing that is not the reader's.</summary>
public sealed class EventStreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task TenThousandEventsComeOnceAndInOrderThroughConnectionsCutInTheMiddle()
    {
        await using var server = await SpacesServer.StartAsync();
        var space = await server.SpaceAsync();
        await using var proxy = new BreakingProxy(server.Address, 1, 700, 50_001, 200_003, 1_000_007);
        using var client = Client(server, proxy.Address);
        using var patience = new CancellationTokenSource(Patience);
        var writing = RaiseAsync(server, space, 10_000);
        var seen = new List<int>();
        await foreach (var one in client.Events.StreamAsync(new EventStreamQuery { SpaceId = space, Topics = ["test:counted"], LastEventId = "0" }, patience.Token))
        {
            seen.Add((int)one.Event.Payload["n"]!);
            if (seen.Count == 10_000)
            {
                break;
            }
        }

        await writing;
        Assert.Equal(Enumerable.Range(0, 10_000), seen);
        Assert.Equal(5, proxy.Cut);
    }

    [Fact]
    public async Task AStreamThatWaitsGoesOnBehindARestartOfTheServerWithoutHavingSeenAnEventBefore()
    {
        using var folder = new TemporaryFolder();
        var port = 0;
        string space;
        using var patience = new CancellationTokenSource(Patience);
        FlatfileClient client;
        IAsyncEnumerator<StreamedEvent> events;
        await using (var server = await SpacesServer.StartAsync(folder.Path))
        {
            port = server.Address.Port;
            space = await server.SpaceAsync();
            client = Client(server, server.Address);
            events = client.Events.StreamAsync(new EventStreamQuery { Topics = ["test:counted", "test:first"] }, patience.Token).GetAsyncEnumerator(patience.Token);
        }

        using (client)
        {
            var next = events.MoveNextAsync();
            await using var later = await SpacesServer.StartAsync(folder.Path, address: $"http://127.0.0.1:{port}");
            while (!next.IsCompleted)
            {
                // The first ones may come before the client is back; from the first it sees on, none may be missing.
                await RaiseAsync(later, space, 1, "test:first");
            }

            Assert.True(await next);
            await RaiseAsync(later, space, 3);
            var seen = new List<int>();
            while (seen.Count < 3 && await events.MoveNextAsync())
            {
                if (events.Current.Event.Topic == "test:counted")
                {
                    seen.Add((int)events.Current.Event.Payload["n"]!);
                }
            }

            Assert.Equal([0, 1, 2], seen);
            await events.DisposeAsync();
        }
    }

    [Fact]
    public async Task AnOpenStreamDoesNotHoldUpTheServersEndAndItsHeartbeatsMoveThePlace()
    {
        var server = await SpacesServer.StartAsync(configure: options => options.EventHeartbeat = TimeSpan.FromMilliseconds(50));
        var space = await server.SpaceAsync();
        using var answer = await server.Client.GetAsync($"events/stream?topic=no:such", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("retry: 1000", await lines.ReadLineAsync());
        var first = Place(await lines.ReadLineAsync());
        await RaiseAsync(server, space, 5);
        for (var place = first; place < first + 5;)
        {
            var line = await lines.ReadLineAsync().WaitAsync(Patience);
            Assert.NotNull(line);
            Assert.DoesNotContain("data", line);
            place = line.StartsWith("id:", StringComparison.Ordinal) ? Place(line) : place;
        }

        await server.DisposeAsync().AsTask().WaitAsync(Patience);
        while (await lines.ReadLineAsync().WaitAsync(Patience) is not null)
        {
        }
    }

    [Fact]
    public async Task AReaderSeesItsEnvironmentAndItsSpaceOnly()
    {
        await using var server = await SpacesServer.StartAsync();
        var (_, other) = await server.OtherEnvironmentAsync();
        var mine = await server.SpaceAsync();
        var beside = await server.SpaceAsync();
        var theirs = await server.SpaceAsync(client: other);
        Assert.Equal(404, (await server.SendAsync("GET", $"events/stream?spaceId={mine}", client: other)).Status);
        Assert.Equal(401, (await server.SendAsync("GET", "events/stream", client: server.NewClient(null))).Status);

        using var patience = new CancellationTokenSource(Patience);
        using var client = Client(server, server.Address);
        var seen = new List<string>();
        foreach (var query in new[] { new EventStreamQuery { LastEventId = "0", Domain = "test" }, new EventStreamQuery { LastEventId = "0", SpaceId = mine, Domain = "test" } })
        {
            await RaiseAsync(server, beside, 1);
            await RaiseAsync(server, theirs, 1);
            await RaiseAsync(server, mine, 1, "test:last");
            await foreach (var one in client.Events.StreamAsync(query, patience.Token))
            {
                seen.Add((string)one.Event.Context["spaceId"]!);
                if (one.Event.Topic == "test:last")
                {
                    break;
                }
            }
        }

        // The first stream ends at the first last event, the second sees both of its space.
        Assert.Equal([beside, mine, mine], seen);
    }

    [Fact]
    public async Task ThePlaceMustBeOneTheServerGaveAndStillHas()
    {
        var time = new SteppedTime();
        await using var server = await SpacesServer.StartAsync(time: time);
        var space = await server.SpaceAsync();
        await RaiseAsync(server, space, 20);
        Assert.Equal(400, await StatusAsync(server, "x"));
        Assert.Equal(400, await StatusAsync(server, "999999"));
        Assert.Equal(400, await StatusAsync(server, "-1"));
        var old = server.Log.Position - 10;
        Assert.Equal(200, await StatusAsync(server, $"{old}"));

        time.Step(TimeSpan.FromDays(40));
        await RaiseAsync(server, space, 1);
        await server.Service<EventRelay>().DrainAsync(CancellationToken.None);
        Assert.Equal(server.Log.Position - 1, await server.Service<EventPruning>().PruneAsync(TimeSpan.FromDays(30), CancellationToken.None));
        Assert.Equal(410, await StatusAsync(server, $"{old}"));
        Assert.Equal(200, await StatusAsync(server, "0"));
        Assert.Equal(200, await StatusAsync(server, $"{server.Log.Position}"));
        Assert.Equal(["test:counted"], await server.TopicsAsync(space));
    }

    [Fact]
    public async Task WhatAReaderInThisProcessStillNeedsIsKeptHoweverOld()
    {
        var time = new SteppedTime();
        await using var server = await SpacesServer.StartAsync(time: time);
        var space = await server.SpaceAsync();
        await RaiseAsync(server, space, 20);
        await server.Service<EventRelay>().DrainAsync(CancellationToken.None);
        var position = server.Log.Position;
        time.Step(TimeSpan.FromDays(40));
        server.Log.KeepAfter("slow", position - 8);
        await server.Service<EventPruning>().PruneAsync(TimeSpan.FromDays(30), CancellationToken.None);
        Assert.Equal(8, (await server.Log.ReadAfterAsync(0, 100, CancellationToken.None)).Count);
        server.Log.KeepAfter("slow", position);
        await server.Service<EventPruning>().PruneAsync(TimeSpan.FromDays(30), CancellationToken.None);
        Assert.Single(await server.Log.ReadAfterAsync(0, 100, CancellationToken.None));
        Assert.Equal(position, server.Log.Position);
    }

    [Fact]
    public async Task ARevokedKeyEndsItsStream()
    {
        await using var server = await SpacesServer.StartAsync(configure: options => options.EventHeartbeat = TimeSpan.FromMilliseconds(50));
        var (environment, other) = await server.OtherEnvironmentAsync();
        using var answer = await other.GetAsync("events/stream", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await lines.ReadLineAsync();
        await server.DataAsync("DELETE", $"auth/api-key?environmentId={environment}&key={other.DefaultRequestHeaders.Authorization!.Parameter}");
        while (await lines.ReadLineAsync().WaitAsync(Patience) is not null)
        {
        }
    }

    private static long Place(string? line) => long.Parse(line!["id: ".Length..], System.Globalization.CultureInfo.InvariantCulture);

    private static FlatfileClient Client(SpacesServer server, Uri address) =>
        new(new FlatfileClientOptions { BaseAddress = address, Token = server.Access.DevelopmentKey, MaxRetries = 0 });

    private static async Task<int> StatusAsync(SpacesServer server, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "events/stream");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", id);
        using var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)answer.StatusCode;
    }

    /// <summary>Numbered events of a space, in portions.</summary>
    private static async Task RaiseAsync(SpacesServer server, string spaceId, int count, string topic = "test:counted")
    {
        var space = await server.SpaceFolderAsync(spaceId);
        foreach (var portion in Enumerable.Range(0, count).Chunk(100))
        {
            await space.WriteAsync(
                "us_usr_test0000",
                write => portion.Select(n => write.Emit(new NewEvent(topic, "test") { Payload = new JsonObject { ["n"] = n } })).ToList().Count,
                CancellationToken.None);
        }

        await server.Service<EventRelay>().DrainAsync(CancellationToken.None);
    }
}
