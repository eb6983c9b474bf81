using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Tests.Files;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth;

/// <summary>Following events: what is taken away ends also for those who are just waiting, and guests do not learn who else comes.</summary>
public sealed class FollowingTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task AGuestTakenOutOfASpaceHearsNothingMoreOfItFromAStreamThatIsOpen()
    {
        var (space, other) = (await SpaceAsync(), await SpaceAsync());
        var guest = await GuestAsync(space, other);
        using var client = _server.NewClient((string)(await _server.DataAsync("GET", $"guests/{guest}/token"))["token"]!);
        foreach (var path in new[] { $"events/stream?spaceId={space}", "events/stream" })
        {
            await _server.DataAsync("PATCH", $"guests/{guest}", $$"""{"spaces":[{"id":"{{space}}"},{"id":"{{other}}"}]}""");
            using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
            Assert.StartsWith("retry", await lines.ReadLineAsync().WaitAsync(Patience), StringComparison.Ordinal);

            await _server.DataAsync("DELETE", $"guests/{guest}?spaceId={space}");
            await _server.UploadAsync(space, "secret.csv");

            Assert.DoesNotContain("secret.csv", await lines.ReadToEndAsync().WaitAsync(Patience), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ATokenOfAChannelIsWorthNoMoreThanWhoAskedForIt()
    {
        var space = await SpaceAsync();
        var guest = await GuestAsync(space);
        using var named = _server.NewClient((string)(await _server.DataAsync("GET", $"guests/{guest}/token?spaceId={space}"))["token"]!);
        using var nameless = _server.NewClient((string)(await _server.DataAsync("GET", $"spaces/{space}"))["accessToken"]!);
        using var key = await _server.SecretKeyAsync(_server.Access.EnvironmentId);
        var paths = new List<string>();
        foreach (var client in new[] { named, nameless, key })
        {
            paths.Add(await ChannelAsync(client, space, $"space.{space}"));
        }

        paths.Add(await ChannelAsync(key, _server.Access.EnvironmentId, $"environment.{_server.Access.EnvironmentId}"));
        Assert.All(await StatusesAsync(paths), status => Assert.Equal(200, status));

        await _server.DataAsync("PATCH", $"spaces/{space}", """{"guestAccess":false}""");
        Assert.Equal("403 403 200 200", string.Join(" ", await StatusesAsync(paths)));
        var id = (string)(await _server.DataAsync("GET", $"auth/api-keys?environmentId={_server.Access.EnvironmentId}")).AsArray()
            .First(one => (string)one!["type"]! == "SECRET" && (string)one["id"]! == ActorOf(key))!["id"]!;
        await _server.DataAsync("DELETE", $"auth/api-key?environmentId={_server.Access.EnvironmentId}&key={id}");
        Assert.Equal("403 403 403 403", string.Join(" ", await StatusesAsync(paths)));
    }

    [Fact]
    public async Task GuestsDoNotLearnWhoElseComes()
    {
        var space = await SpaceAsync();
        var guest = await GuestAsync(space);
        using var first = _server.NewClient((string)(await _server.DataAsync("GET", $"guests/{guest}/token?spaceId={space}"))["token"]!);
        await _server.DataAsync("GET", $"spaces/{space}", client: first);
        using var nameless = _server.NewClient((string)(await _server.DataAsync("GET", $"spaces/{space}"))["accessToken"]!);
        var accessed = (string)(await _server.EventsAsync(space, "space:accessed"))[0]["id"]!;

        var listed = await _server.SendAsync("GET", $"events?spaceId={space}&pageSize=100", client: nameless);
        var since = await _server.SendAsync("GET", $"events?spaceId={space}&since=2000-01-01T00:00:00Z", client: nameless);
        var got = await _server.SendAsync("GET", $"events/{accessed}", client: nameless);
        var polled = await _server.SendAsync("GET", (await ChannelAsync(nameless, space, $"space.{space}")).Replace("tt=0", "tt=1", StringComparison.Ordinal), client: nameless);

        Assert.Contains("space:created", listed.Text, StringComparison.Ordinal);
        Assert.Contains("space:created", polled.Text, StringComparison.Ordinal);
        Assert.Equal(404, got.Status);
        Assert.All(new[] { listed, since, polled }, reply => Assert.DoesNotContain("g@example.com", reply.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneCallerDoesNotKeepAnyNumberOfStreamsOpen()
    {
        var space = await SpaceAsync();
        using var client = _server.NewClient((string)(await _server.DataAsync("GET", $"spaces/{space}"))["accessToken"]!);
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i <= EventFollowing.MostOfOne; i++)
        {
            open.Add(await client.GetAsync($"events/stream?spaceId={space}", HttpCompletionOption.ResponseHeadersRead));
        }

        Assert.Equal(429, (int)open[^1].StatusCode);
        Assert.All(open.SkipLast(1), response => Assert.Equal(200, (int)response.StatusCode));
        open.ForEach(response => response.Dispose());
        using var other = await _server.Client.GetAsync($"events/stream?spaceId={space}", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)other.StatusCode);
    }

    private Task<string> SpaceAsync() => _server.SpaceAsync("""{"name":"S","guestAccess":true}""");

    private async Task<string> GuestAsync(params string[] spaces) => (string)(await _server.DataAsync(
        "POST", "guests", $$"""[{"email":"g@example.com","name":"G","spaces":[{{string.Join(',', spaces.Select(space => $$"""{"id":"{{space}}"}"""))}}]}]"""))[0]!["id"]!;

    private async Task<string> ChannelAsync(HttpClient client, string scope, string channel)
    {
        var token = await _server.DataAsync("GET", $"subscription?scope={scope}", client: client);
        return $"/v2/subscribe/{token["subscribeKey"]}/{channel}/0?tt=0&auth={Uri.EscapeDataString((string)token["token"]!)}";
    }

    private async Task<int[]> StatusesAsync(IEnumerable<string> paths)
    {
        using var nobody = _server.NewClient(null);
        var statuses = new List<int>();
        foreach (var path in paths)
        {
            statuses.Add((await _server.SendAsync("GET", path, client: nobody)).Status);
        }

        return [.. statuses];
    }

    private string ActorOf(HttpClient client) =>
        _server.Service<Flatfile.Spaces.Auth.KeyRing>().Find(client.DefaultRequestHeaders.Authorization!.Parameter!)!.Id;
}
