using System.Text.Json.Nodes;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Events;

/// <summary>The PubNub dialect as the official driver's client speaks it, and what a token opens.</summary>
public sealed class PubNubTests
{
    [Fact]
    public async Task ASubscriberMissesNothingBetweenItsPolls()
    {
        await using var server = await SpacesServer.StartAsync(configure: options => options.LongPoll = TimeSpan.FromSeconds(2));
        var space = await server.SpaceAsync();
        var (path, _) = await ChannelAsync(server, space, $"space.{space}");
        var begin = await PollAsync(server, path);
        Assert.Empty(begin["m"]!.AsArray());

        var waiting = PollAsync(server, path + Place(begin));
        await server.DataAsync("POST", "jobs", $$"""{"type":"space","operation":"test","source":"{{space}}","trigger":"immediate"}""");
        var seen = new List<JsonNode>();
        for (var answer = await waiting; ; answer = await PollAsync(server, path + Place(answer)))
        {
            seen.AddRange(answer["m"]!.AsArray()!);
            Assert.NotEmpty(answer["m"]!.AsArray());
            if (seen.Count >= 2)
            {
                break;
            }
        }

        Assert.Equal(["job:created", "job:ready"], seen.Select(one => (string)one["d"]!["topic"]!));
        Assert.All(seen, one => Assert.Equal($"space.{space}", (string)one["c"]!));
        var idle = await PollAsync(server, path + Place(seen[^1]["p"]!, "t"));
        Assert.Empty(idle["m"]!.AsArray());
        Assert.Equal(2, (await PollAsync(server, path + Place(begin)))["m"]!.AsArray().Count);
    }

    [Fact]
    public async Task ATokenOpensItsOwnChannelUntilItExpires()
    {
        var time = new SteppedTime();
        await using var server = await SpacesServer.StartAsync(time: time);
        var space = await server.SpaceAsync();
        var other = await server.SpaceAsync();
        var (path, token) = await ChannelAsync(server, space, $"space.{space}");
        foreach (var wrong in new[]
        {
            path.Replace(space, other, StringComparison.Ordinal),
            path.Replace($"space.{space}", $"environment.{server.Access.EnvironmentId}", StringComparison.Ordinal),
            path.Replace(token, "", StringComparison.Ordinal),
            path.Replace("sub-c-spaces", "sub-c-other", StringComparison.Ordinal),
            path.Replace(token, server.Access.DevelopmentKey, StringComparison.Ordinal),
        })
        {
            var refused = await server.SendAsync("GET", wrong, client: server.NewClient(null));
            Assert.Equal(403, refused.Status);
            Assert.Equal((403, "Access Manager", true), ((int)refused.Json["status"]!, (string)refused.Json["service"]!, (bool)refused.Json["error"]!));
        }

        Assert.Equal(200, (await server.SendAsync("GET", path, client: server.NewClient(null))).Status);
        time.Step(TimeSpan.FromMinutes(61));
        Assert.Equal(403, (await server.SendAsync("GET", path, client: server.NewClient(null))).Status);
    }

    [Fact]
    public async Task TokensAreGivenForWhatTheCallerSees()
    {
        await using var server = await SpacesServer.StartAsync();
        var (environment, other) = await server.OtherEnvironmentAsync();
        var mine = await server.SpaceAsync();
        Assert.Equal(404, (await server.SendAsync("GET", $"subscription?scope={mine}", client: other)).Status);
        Assert.Equal(404, (await server.SendAsync("GET", $"subscription?scope={server.Access.EnvironmentId}", client: other)).Status);
        Assert.Equal(401, (await server.SendAsync("GET", "subscription", client: server.NewClient(null))).Status);
        Assert.Equal(400, (await server.SendAsync("GET", "environments/subscription-token")).Status);
        var token = await server.DataAsync("GET", $"environments/subscription-token?environmentId={environment}", client: other);
        Assert.Equal(60, (int)token["ttl"]!);
        Assert.Equal(server.Access.AccountId, (string)token["accountId"]!);
    }

    [Fact]
    public async Task PresenceAndTimeAreAnsweredAndAWaitingPollEndsWithTheServer()
    {
        var server = await SpacesServer.StartAsync();
        var (path, token) = await ChannelAsync(server, server.Access.EnvironmentId, $"environment.{server.Access.EnvironmentId}");
        var begin = await PollAsync(server, path);
        var presence = $"/v2/presence/sub-key/sub-c-spaces/channel/environment.{server.Access.EnvironmentId}";
        Assert.Equal(200, (await server.SendAsync("GET", $"{presence}/heartbeat?auth={token}&heartbeat=300")).Status);
        Assert.Equal(200, (await server.SendAsync("GET", $"{presence}/leave?auth={token}")).Status);
        Assert.Equal(403, (await server.SendAsync("GET", $"{presence}/leave?auth=x")).Status);
        Assert.Single((await server.SendAsync("GET", "/time/0", client: server.NewClient(null))).Json.AsArray());
        var waiting = PollAsync(server, path + Place(begin));
        for (var others = 0; others < 50; others++)
        {
            // The server has long taken up the poll when it has answered these.
            await server.SendAsync("GET", "/time/0");
        }

        Assert.False(waiting.IsCompleted);
        var stopped = server.DisposeAsync().AsTask();
        Assert.Empty((await waiting.WaitAsync(TimeSpan.FromSeconds(60)))["m"]!.AsArray());
        await stopped.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static string Place(JsonNode answer) => Place(answer["t"]!, "t");

    private static string Place(JsonNode place, string member) => $"&tt={(string)place[member]!}&tr=1";

    private static async Task<(string Path, string Token)> ChannelAsync(SpacesServer server, string scope, string channel)
    {
        var token = await server.DataAsync("GET", $"subscription?scope={scope}");
        var text = (string)token["token"]!;
        return ($"/v2/subscribe/{token["subscribeKey"]}/{channel}/0?heartbeat=300&uuid={token["accountId"]}&auth={Uri.EscapeDataString(text)}", text);
    }

    private static async Task<JsonNode> PollAsync(SpacesServer server, string path)
    {
        using var anybody = server.NewClient(null);
        var reply = await server.SendAsync("GET", path, client: anybody);
        Assert.True(reply.Status == 200, reply.Text);
        return reply.Json;
    }
}
