using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces;
using Guides.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guides.Tests.Spaces;

/// <summary>Change permissions based on context, before access is given.</summary>
public sealed class DynamicAccessControl
{
    [Fact]
    public async Task A_handler_refuses_whom_its_check_refuses()
    {
        await using var server = await GuideServer.StartAsync(services: services => services.AddSingleton<ISpaceAccessHandler>(
            new Checks(request => request.UserEmail == "gone@company.com" ? SpaceAccessDecision.Deny("Access denied") : SpaceAccessDecision.Allow)));
        var space = await CreateAsync(server, "gone@company.com", "here@company.com");
        using var gone = server.NewHttp(await People.SignInAsync(server, "gone@company.com"));
        using var here = server.NewHttp(await People.SignInAsync(server, "here@company.com"));

        var refused = await server.RawAsync("GET", $"spaces/{space}", null, 403, gone);
        await server.RawAsync("GET", $"spaces/{space}", null, 200, here);

        Assert.Contains("Access denied", (string?)refused["errors"]![0]!["message"], StringComparison.Ordinal);
        var accessed = (await server.RawAsync("GET", $"events?spaceId={space}&topic=space:accessed&since=2000-01-01T00:00:00Z"))["data"]!.AsArray();
        Assert.Equal(["gone@company.com", "here@company.com"], accessed.Select(one => (string?)one!["context"]!["userEmail"]));
        Assert.All(accessed, one => Assert.StartsWith("us_usr_", (string?)one!["context"]!["userId"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_lowers_the_role_of_partners()
    {
        await using var server = await GuideServer.StartAsync(services: services => services.AddSingleton<ISpaceAccessHandler>(
            new Checks(request => request.UserEmail.EndsWith("@partner.com", StringComparison.Ordinal) ? SpaceAccessDecision.AtMost("viewer") : SpaceAccessDecision.Allow)));
        var space = await CreateAsync(server, "ada@partner.com", "bob@company.com");
        using var partner = server.NewHttp(await People.SignInAsync(server, "ada@partner.com"));
        using var own = server.NewHttp(await People.SignInAsync(server, "bob@company.com"));

        await server.RawAsync("GET", $"spaces/{space}", null, 200, partner);
        await server.RawAsync("PATCH", $"spaces/{space}", """{"name":"Renamed"}""", 403, partner);
        await server.RawAsync("PATCH", $"spaces/{space}", """{"name":"Renamed"}""", 200, own);
    }

    [Theory]
    [InlineData(true, 403)]
    [InlineData(false, 200)]
    public async Task A_handler_that_fails_keeps_people_out_unless_the_setting_says_otherwise(bool failsClosed, int status)
    {
        await using var server = await GuideServer.StartAsync(
            configure: options => options.AccessFailsClosed = failsClosed,
            services: services => services.AddSingleton<ISpaceAccessHandler>(new Checks(_ => throw new InvalidOperationException("the directory is down"))));
        var space = await CreateAsync(server, "ada@company.com");
        using var member = server.NewHttp(await People.SignInAsync(server, "ada@company.com"));

        await server.RawAsync("GET", $"spaces/{space}", null, status, member);
    }

    [Fact]
    public async Task A_handler_of_the_agent_lowers_the_role_after_the_event_as_in_the_guide()
    {
        var lowered = new Seen<bool>();
        GuideServer? running = null;
        await using var server = running = await GuideServer.StartAsync(listener => listener.On("space:accessed", async (context, stop) =>
        {
            var where = context.Event.Context;
            if (where.Text("userEmail")!.EndsWith("@partner.com", StringComparison.Ordinal))
            {
                await running!.Client.Spaces.UpdateUserAsync(where.SpaceId!, where.Text("userId")!, new SpaceUserUpdate { Role = "viewer" }, stop);
                lowered.Tell(true);
            }
        }));
        var space = await CreateAsync(server, "ada@partner.com");
        using var partner = server.NewHttp(await People.SignInAsync(server, "ada@partner.com"));

        await server.RawAsync("GET", $"spaces/{space}", null, 200, partner);
        await lowered.Async("the handler of space:accessed");

        await server.RawAsync("PATCH", $"spaces/{space}", """{"name":"Renamed"}""", 403, partner);
    }

    private static async Task<string> CreateAsync(GuideServer server, params string[] admins) => (await server.Client.Spaces.CreateAsync(new SpaceConfig
    {
        Name = "Partner Data Import", Users = [.. admins.Select(email => new SpaceUser { Email = email, Role = "admin" })],
    })).Id;

    private sealed class Checks(Func<SpaceAccessRequest, SpaceAccessDecision> decide) : ISpaceAccessHandler
    {
        public ValueTask<SpaceAccessDecision> DecideAsync(SpaceAccessRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(decide(request));
    }
}
