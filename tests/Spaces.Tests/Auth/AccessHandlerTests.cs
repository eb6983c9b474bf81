using System.Collections.Concurrent;
using Flatfile.Spaces.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Spaces.Tests.Auth;

/// <summary>Access that is decided while somebody comes in.</summary>
public sealed class AccessHandlerTests
{
    private const string Email = "jane@partner.com";

    [Fact]
    public async Task TheAccessIsAnnouncedBeforeItIsGivenAndOnceInAPeriod()
    {
        var time = new SteppedTime();
        var before = new List<string[]>();
        SpacesServer? server = null;
        var handler = new Handler(async request =>
        {
            before.Add(await server!.TopicsAsync(request.SpaceId));
            return SpaceAccessDecision.Allow;
        });
        server = await StartAsync([handler], time);
        await using (server)
        {
            var (space, client) = await PlaceAsync(server, "editor");
            Assert.Equal(200, await GetAsync(server, space, client));
            Assert.Equal(200, await GetAsync(server, space, client));
            Assert.Equal(["space:created", "space:accessed"], Assert.Single(before));
            var request = Assert.Single(handler.Asked);
            Assert.Equal((space, Email, "editor", false), (request.SpaceId, request.UserEmail, request.Role, request.IsGuest));
            var news = (await server.DataAsync("GET", $"events?spaceId={space}&topic=space:accessed"))[0]!;
            Assert.Equal((request.UserId, Email), ((string)news["context"]!["userId"]!, (string)news["context"]!["userEmail"]!));

            time.Step(TimeSpan.FromHours(2));
            Assert.Equal(200, await GetAsync(server, space, client));
            Assert.Equal(2, (await server.TopicsAsync(space)).Count(topic => topic == "space:accessed"));
        }
    }

    [Fact]
    public async Task ManyFirstCallsAtOnceAreOneAccess()
    {
        var handler = new Handler(async _ =>
        {
            await Task.Yield();
            return SpaceAccessDecision.Allow;
        });
        await using var server = await StartAsync([handler]);
        var (space, client) = await PlaceAsync(server, "viewer");

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync(server, space, client))), status => Assert.Equal(200, status));

        Assert.Single(handler.Asked);
        Assert.Single(await server.TopicsAsync(space), topic => topic == "space:accessed");
    }

    [Fact]
    public async Task TheStrictestOfSeveralHandlersCounts()
    {
        var time = new SteppedTime();
        var answer = SpaceAccessDecision.Allow;
        await using var server = await StartAsync(
            [new Handler(_ => Task.FromResult(SpaceAccessDecision.AtMost("owner"))), new Handler(_ => Task.FromResult(answer)), new Handler(_ => Task.FromResult(SpaceAccessDecision.AtMost("editor")))], time);
        var (space, client) = await PlaceAsync(server, "admin");

        Assert.Equal(403, (await server.SendAsync("PATCH", $"spaces/{space}", "{}", client)).Status);
        Assert.Equal(200, (await server.SendAsync("POST", "jobs", $$"""{"type":"space","operation":"x","source":"{{space}}"}""", client)).Status);

        answer = SpaceAccessDecision.Deny("Not today.");
        time.Step(TimeSpan.FromHours(2));
        var refused = await server.SendAsync("GET", $"spaces/{space}", client: client);
        Assert.Equal((403, "Not today."), (refused.Status, refused.Message));
        Assert.Empty((await server.DataAsync("GET", "spaces", client: client)).AsArray());

        answer = SpaceAccessDecision.Allow;
        time.Step(TimeSpan.FromSeconds(6));
        Assert.Equal(200, await GetAsync(server, space, client));
    }

    [Fact]
    public async Task AHandlerNeverRaisesARole()
    {
        await using var server = await StartAsync([new Handler(_ => Task.FromResult(SpaceAccessDecision.AtMost("owner")))]);
        var (space, client) = await PlaceAsync(server, "viewer");

        Assert.Equal(200, await GetAsync(server, space, client));
        Assert.Equal(403, (await server.SendAsync("PATCH", $"spaces/{space}", "{}", client)).Status);
    }

    /// <summary>The guide's handler: partners become viewers while they come in.</summary>
    [Fact]
    public async Task AHandlerMayChangeTheMemberWhileItDecides()
    {
        SpacesServer? server = null;
        var handler = new Handler(async request =>
        {
            await server!.DataAsync("PATCH", $"spaces/{request.SpaceId}/users/{request.UserId}", """{"role":"viewer"}""");
            return SpaceAccessDecision.Allow;
        });
        server = await StartAsync([handler]);
        await using (server)
        {
            var (space, client) = await PlaceAsync(server, "editor");
            Assert.Equal(403, (await server.SendAsync("POST", "jobs", $$"""{"type":"space","operation":"x","source":"{{space}}"}""", client)).Status);
            Assert.Equal("viewer", (string)(await server.DataAsync("GET", $"spaces/{space}/users"))[1]!["role"]!);
        }
    }

    [Theory]
    [InlineData("throws", true, 403)]
    [InlineData("throws", false, 200)]
    [InlineData("hangs", true, 403)]
    [InlineData("hangs", false, 200)]
    [InlineData("blocks", true, 403)]
    [InlineData("answers nonsense", true, 403)]
    [InlineData("answers nothing", true, 403)]
    public async Task AHandlerThatFailsKeepsOutUnlessTheSettingSaysOtherwise(string how, bool closed, int status)
    {
        using var release = new ManualResetEventSlim();
        var handler = new Handler(how switch
        {
            "throws" => _ => throw new InvalidOperationException("out of order"),
            "hangs" => async _ =>
            {
                await Task.Delay(Timeout.Infinite);
                return SpaceAccessDecision.Allow;
            },
            "blocks" => _ =>
            {
                release.Wait();
                return Task.FromResult(SpaceAccessDecision.Allow);
            },
            "answers nonsense" => _ => Task.FromResult(SpaceAccessDecision.AtMost("emperor")),
            _ => _ => Task.FromResult<SpaceAccessDecision>(null!),
        });
        await using var server = await StartAsync([handler], closed: closed);
        var (space, client) = await PlaceAsync(server, "owner");
        var started = TimeProvider.System.GetTimestamp();

        Assert.Equal(status, await GetAsync(server, space, client));

        release.Set();
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "The call waited for the handler.");
    }

    [Fact]
    public async Task GuestsAreAskedForWhenTheirTokenIsIssued()
    {
        var handler = new Handler(request => Task.FromResult(request.UserEmail.EndsWith("@good.com", StringComparison.Ordinal) ? SpaceAccessDecision.Allow : SpaceAccessDecision.Deny("No.")));
        await using var server = await StartAsync([handler]);
        var space = await server.SpaceAsync("""{"name":"S","guestAccess":true}""");
        foreach (var (email, status) in new[] { ("a@good.com", 200), ("a@bad.com", 403) })
        {
            var guest = (await server.DataAsync("POST", "guests", $$"""[{"email":"{{email}}","name":"G","spaces":[{"id":"{{space}}"}]}]"""))[0]!;
            Assert.Equal(status, (await server.SendAsync("GET", $"guests/{guest["id"]}/token?spaceId={space}")).Status);
        }

        Assert.All(handler.Asked, request => Assert.True(request.IsGuest));
        Assert.Equal(2, (await server.TopicsAsync(space)).Count(topic => topic == "space:accessed"));
    }

    [Fact]
    public async Task KeysAreNotAskedFor()
    {
        var handler = new Handler(_ => Task.FromResult(SpaceAccessDecision.Deny("No.")));
        await using var server = await StartAsync([handler]);
        var space = await server.SpaceAsync();

        Assert.Equal(200, (await server.SendAsync("GET", $"spaces/{space}")).Status);
        Assert.Empty(handler.Asked);
        Assert.DoesNotContain("space:accessed", await server.TopicsAsync(space));
    }

    private static Task<SpacesServer> StartAsync(IReadOnlyList<Handler> handlers, TimeProvider? time = null, bool closed = true) => SpacesServer.StartAsync(
        time: time, configure: options => options.AccessFailsClosed = closed,
        services: services => handlers.ToList().ForEach(handler => services.AddSingleton<ISpaceAccessHandler>(handler)));

    private static async Task<(string Space, HttpClient Client)> PlaceAsync(SpacesServer server, string role)
    {
        var space = await server.SpaceAsync($$"""{"name":"S","users":[{"email":"boss@example.com","role":"owner"},{"email":"{{Email}}","role":"{{role}}"}]}""");
        return (space, await Sign.InAsync(server, Email));
    }

    private static async Task<int> GetAsync(SpacesServer server, string space, HttpClient client) => (await server.SendAsync("GET", $"spaces/{space}", client: client)).Status;

    private sealed class Handler(Func<SpaceAccessRequest, Task<SpaceAccessDecision>> decide) : ISpaceAccessHandler
    {
        public ConcurrentQueue<SpaceAccessRequest> Asked { get; } = [];

        public async ValueTask<SpaceAccessDecision> DecideAsync(SpaceAccessRequest request, CancellationToken cancellationToken)
        {
            Asked.Enqueue(request);
            return await decide(request);
        }
    }
}
