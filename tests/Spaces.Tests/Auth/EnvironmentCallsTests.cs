using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth;

public sealed class EnvironmentCallsTests : IAsyncLifetime
{
    private SpacesServer _server = null!;

    public async Task InitializeAsync() => _server = await SpacesServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task TheFirstStartMakesAnEnvironmentForDevelopment()
    {
        var reply = await _server.SendAsync("GET", "environments?pageSize=100");

        var environment = reply.Json["data"]!.AsArray().Single()!;
        Assert.Equal(_server.Access.EnvironmentId, (string)environment["id"]!);
        Assert.Equal("development", (string)environment["name"]!);
        Assert.False((bool)environment["isProd"]!);
        Assert.NotNull(environment["guestAuthentication"]);
        Assert.NotNull(environment["features"]);
        Assert.NotNull(environment["metadata"]);
        Assert.Equal(1, (int)reply.Json["pagination"]!["totalCount"]!);
        var account = await _server.DataAsync("GET", "accounts/current");
        Assert.Equal(_server.Access.AccountId, (string)account["id"]!);
        Assert.Equal((string)account["id"]!, (string)environment["accountId"]!);
    }

    [Fact]
    public async Task AnUpdateAnswersBareAndUnderData()
    {
        var reply = await _server.SendAsync("PATCH", $"environments/{_server.Access.EnvironmentId}", """{"name":"dev","metadata":{"a":1},"accountId":"x","own":2}""");

        Assert.Equal("dev", (string)reply.Json["name"]!);
        Assert.Equal("dev", (string)reply.Json["data"]!["name"]!);
        Assert.Equal(2, (int)reply.Json["own"]!);
        Assert.Equal(_server.Access.AccountId, (string)reply.Json["accountId"]!);
        Assert.Equal("dev", (string)(await _server.DataAsync("GET", $"environments/{_server.Access.EnvironmentId}"))["name"]!);
    }

    [Fact]
    public async Task AnEnvironmentWithSpacesOrInUseStays()
    {
        var (id, client) = await _server.OtherEnvironmentAsync();
        using (client)
        {
            var space = await _server.SpaceAsync(client: client);
            Assert.Equal(409, (await _server.SendAsync("DELETE", $"environments/{id}")).Status);
            Assert.Equal(409, (await _server.SendAsync("DELETE", $"environments/{_server.Access.EnvironmentId}")).Status);
            await _server.DataAsync("DELETE", $"spaces/{space}", client: client);
            await _server.DataAsync("DELETE", $"environments/{id}");
            Assert.Equal(401, (await _server.SendAsync("GET", "spaces", client: client)).Status);
            Assert.Equal(404, (await _server.SendAsync("DELETE", $"environments/{id}")).Status);
        }
    }

    [Fact]
    public async Task ListsThatAreEmptyHereAreEmptyLists()
    {
        Assert.Empty((await _server.DataAsync("GET", $"entitlements?resourceId={await _server.SpaceAsync()}")).AsArray());
        Assert.Empty((await _server.DataAsync("GET", $"agents?environmentId={_server.Access.EnvironmentId}")).AsArray());
    }
}
