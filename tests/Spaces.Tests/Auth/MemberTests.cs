using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth;

/// <summary>Members of spaces and users of the account: what their roles let them do, and what nobody can give itself.</summary>
public sealed class MemberTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private string _space = "";

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _space = await _server.SpaceAsync(
            """{"name":"S","users":[{"email":"Owner@example.com","role":"owner"},{"email":"admin@example.com","role":"admin"},{"email":"editor@example.com","role":"editor"},{"email":"viewer@example.com"}]}""");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task MembersAreUsersOfTheAccountUnderTheSameId()
    {
        var members = (await _server.DataAsync("GET", $"spaces/{_space}/users")).AsArray();

        Assert.Equal(["owner", "admin", "editor", "viewer"], members.Select(one => (string)one!["role"]!));
        foreach (var member in members)
        {
            Assert.Equal(await Sign.IdAsync(_server, (string)member!["email"]!), (string)member["id"]!);
        }
    }

    [Fact]
    public async Task NobodyGivesOrTakesWhatIsAboveTheOwnRole()
    {
        using var admin = await Sign.InAsync(_server, "admin@example.com");
        using var editor = await Sign.InAsync(_server, "editor@example.com");
        var owner = await Sign.IdAsync(_server, "owner@example.com");
        var self = await Sign.IdAsync(_server, "admin@example.com");

        Assert.Equal(403, (await _server.SendAsync("POST", $"spaces/{_space}/users", """{"email":"x@example.com","role":"owner"}""", admin)).Status);
        Assert.Equal(403, (await _server.SendAsync("PATCH", $"spaces/{_space}/users/{self}", """{"role":"owner"}""", admin)).Status);
        Assert.Equal(403, (await _server.SendAsync("PATCH", $"spaces/{_space}/users/{owner}", """{"role":"viewer"}""", admin)).Status);
        Assert.Equal(403, (await _server.SendAsync("DELETE", $"spaces/{_space}/users/{owner}", client: admin)).Status);
        Assert.Equal(403, (await _server.SendAsync("PATCH", $"spaces/{_space}", """{"users":[{"email":"admin@example.com","role":"owner"}]}""", admin)).Status);
        Assert.Equal(403, (await _server.SendAsync("POST", $"spaces/{_space}/users", """{"email":"x@example.com","role":"viewer"}""", editor)).Status);
        Assert.Equal(200, (await _server.SendAsync("POST", $"spaces/{_space}/users", """{"email":"x@example.com","role":"admin"}""", admin)).Status);
        Assert.Equal(409, (await _server.SendAsync("DELETE", $"spaces/{_space}/users/{owner}")).Status);
        Assert.Equal(409, (await _server.SendAsync("PATCH", $"spaces/{_space}/users/{owner}", """{"role":"admin"}""")).Status);
    }

    [Fact]
    public async Task WhatIsTakenAwayIsGoneWithTheNextCall()
    {
        using var editor = await Sign.InAsync(_server, "editor@example.com");
        var id = await Sign.IdAsync(_server, "editor@example.com");
        var job = $$"""{"type":"space","operation":"x","source":"{{_space}}"}""";
        Assert.Equal(200, (await _server.SendAsync("POST", "jobs", job, editor)).Status);

        await _server.DataAsync("PATCH", $"spaces/{_space}/users/{id}", """{"role":"viewer"}""");
        Assert.Equal(403, (await _server.SendAsync("POST", "jobs", job, editor)).Status);
        Assert.Equal(200, (await _server.SendAsync("GET", $"spaces/{_space}", client: editor)).Status);

        await _server.DataAsync("DELETE", $"spaces/{_space}/users/{id}");
        Assert.Equal(404, (await _server.SendAsync("GET", $"spaces/{_space}", client: editor)).Status);
        Assert.Empty((await _server.DataAsync("GET", "spaces", client: editor)).AsArray());
        Assert.Equal(404, (await _server.SendAsync("GET", $"events?spaceId={_space}", client: editor)).Status);
    }

    [Fact]
    public async Task WhatOnlyTheServerSetsIsPassedOver()
    {
        using var admin = await Sign.InAsync(_server, "admin@example.com");
        var before = await _server.DataAsync("GET", $"spaces/{_space}");

        var after = await _server.DataAsync(
            "PATCH", $"spaces/{_space}", """{"id":"us_sp_1","createdByUserId":"me","accountId":"x","accessToken":"t","guestLink":"l","isOwner":true,"completedAt":"2020-01-01T00:00:00Z"}""", admin);

        foreach (var member in new[] { "id", "createdByUserId", "environmentId", "completedAt" })
        {
            Assert.Equal(before[member]?.ToJsonString(), after[member]?.ToJsonString());
        }

        Assert.NotEqual("t", (string?)after["accessToken"]);
    }

    [Fact]
    public async Task ListsShowAUserItsOwnSpacesOfAnyEnvironmentAndNothingElse()
    {
        var (_, stranger) = await _server.OtherEnvironmentAsync();
        var there = await _server.SpaceAsync("""{"name":"There","users":[{"email":"viewer@example.com","role":"viewer"}]}""", stranger);
        await _server.SpaceAsync("""{"name":"Hidden"}""");
        using var viewer = await Sign.InAsync(_server, "viewer@example.com");

        Assert.Equal([there, _space], (await _server.DataAsync("GET", "spaces", client: viewer)).AsArray().Select(one => (string)one!["id"]!));
        Assert.Equal([_space], (await _server.DataAsync("GET", $"spaces?environmentId={_server.Access.EnvironmentId}", client: viewer)).AsArray().Select(one => (string)one!["id"]!));
        var seen = (await _server.DataAsync("GET", "events?since=2000-01-01T00:00:00Z", client: viewer)).AsArray().Select(one => (string?)one!["context"]!["spaceId"]).Distinct();
        Assert.Equal(new[] { _space, there }.Order(), seen.Order());
        Assert.Equal(403, (await _server.SendAsync("GET", "environments", client: viewer)).Status);
        Assert.Equal(403, (await _server.SendAsync("POST", "spaces", "{}", viewer)).Status);
    }

    [Fact]
    public async Task ASpacesAdminSeesTheSecretsOfTheSpaceAndNotThoseOfTheEnvironment()
    {
        await _server.DataAsync("POST", "secrets", """{"name":"general","value":"g"}""");
        var special = (string)(await _server.DataAsync("POST", "secrets", $$"""{"name":"special","value":"s","spaceId":"{{_space}}"}"""))[0]!["id"]!;
        var general = (string)(await _server.DataAsync("GET", "secrets"))[0]!["id"]!;
        using var admin = await Sign.InAsync(_server, "admin@example.com");

        Assert.Equal([special], (await _server.DataAsync("GET", $"secrets?spaceId={_space}", client: admin)).AsArray().Select(one => (string)one!["id"]!));
        Assert.Equal(403, (await _server.SendAsync("GET", "secrets", client: admin)).Status);
        Assert.Equal(403, (await _server.SendAsync("POST", "secrets", """{"name":"general","value":"mine"}""", admin)).Status);
        Assert.Equal(404, (await _server.SendAsync("DELETE", $"secrets/{general}", client: admin)).Status);
        Assert.Equal(200, (await _server.SendAsync("DELETE", $"secrets/{special}", client: admin)).Status);
    }

    [Fact]
    public async Task ARoleOnTheAccountOpensEverythingUntilItIsTaken()
    {
        var user = await Sign.IdAsync(_server, "boss@example.com");
        using var boss = await Sign.InAsync(_server, "boss@example.com");
        var admin = (string)(await _server.DataAsync("GET", "roles")).AsArray().Single(role => (string)role!["name"]! == "admin")!["id"]!;
        Assert.Equal(403, (await _server.SendAsync("GET", "environments", client: boss)).Status);

        var given = await _server.DataAsync("POST", $"users/{user}/roles", $$"""{"roleId":"{{admin}}","resourceId":"{{_server.Access.AccountId}}"}""");
        Assert.Single((await _server.DataAsync("GET", "environments", client: boss)).AsArray());
        Assert.Equal(200, (await _server.SendAsync("GET", $"spaces/{_space}", client: boss)).Status);

        await _server.DataAsync("DELETE", $"users/{user}/roles/{given["id"]}");
        Assert.Equal(403, (await _server.SendAsync("GET", "environments", client: boss)).Status);
        Assert.Equal(404, (await _server.SendAsync("GET", $"spaces/{_space}", client: boss)).Status);
    }

    [Fact]
    public async Task ManyCallersAtOnceNeverSeeEachOthersSpaces()
    {
        var places = new List<(string Name, HttpClient Client)>();
        for (var i = 0; i < 6; i++)
        {
            await _server.SpaceAsync($$"""{"name":"space-{{i}}","users":[{"email":"u{{i}}@example.com","role":"viewer"}]}""");
            places.Add(($"space-{i}", await Sign.InAsync(_server, $"u{i}@example.com")));
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 600), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (round, _) =>
        {
            var (name, client) = places[round % places.Count];
            Assert.Equal(name, (string)Assert.Single((await _server.DataAsync("GET", "spaces", client: client)).AsArray())!["name"]!);
        });
    }
}
