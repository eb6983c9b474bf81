using Flatfile.Api;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth;

/// <summary>Users, guests, keys and tokens by the typed client.</summary>
public sealed class ClientCallsTests : IAsyncLifetime
{
    private SpacesServer _server = null!;
    private FlatfileClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await SpacesServer.StartAsync();
        _client = Client(_server.Access.DevelopmentKey);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task UsersAreInvitedSignInAndAreGivenRoles()
    {
        var viewer = (await _client.Roles.ListAsync().ToListAsync())[0];
        var space = await _client.Spaces.CreateAsync(new SpaceConfig { Name = "S" });
        var user = await _client.Users.InviteAsync(new UserInvite
        {
            Email = "jane@example.com", Name = "Jane", ActorRoles = [new RoleAssignment { RoleId = viewer.Id, ResourceId = space.Id }],
        });
        Assert.Equal("viewer", viewer.Name);
        Assert.Equal(space.Id, Assert.Single(user.ActorRoles!).ResourceId);
        Assert.Equal("Jane D", (await _client.Users.UpdateAsync(user.Id, new UserUpdate { Name = "Jane D" })).Name);
        Assert.Equal(user.Id, Assert.Single(await _client.Users.ListAsync(search: "JANE d").ToListAsync()).Id);
        await _client.Users.ResendInviteAsync(user.Id);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_server.Folder, "mail")).Length);
        await _client.Users.SetPasswordAsync(user.Id, "a long password");

        var token = await _client.Auth.CreateAccessTokenAsync(Credentials.OfUser("jane@example.com", "a long password"));
        token = await _client.Auth.RefreshTokenAsync(token.Token);
        using var jane = Client(token.Token);
        Assert.Equal(space.Id, Assert.Single(await jane.Spaces.ListAsync().ToListAsync()).Id);
        var fault = await Assert.ThrowsAsync<FlatfileApiException>(() => jane.Spaces.UpdateAsync(space.Id, new SpaceConfig { Name = "mine" }));
        Assert.Equal(403, (int?)fault.Status);
        var personal = await jane.Auth.CreatePersonalAccessTokenAsync("laptop");
        Assert.Equal(personal.PersonalAccessToken.Id, Assert.Single(await jane.Auth.ListPersonalAccessTokensAsync().ToListAsync()).Id);
        await jane.Auth.DeletePersonalAccessTokenAsync(personal.PersonalAccessToken.Id);

        var program = await _client.Users.CreateApiTokenAsync(user.Id, _server.Access.AccountId);
        Assert.Null(Assert.Single(await _client.Users.ListApiTokensAsync(user.Id, _server.Access.AccountId).ToListAsync()).Secret);
        Assert.Equal(user.Id, (await _client.Auth.CreateAccessTokenAsync(Credentials.OfProgram(program.ClientId, program.Secret!))).UserId);
        await _client.Users.DeleteRoleAsync(user.Id, Assert.Single(await _client.Users.ListRolesAsync(user.Id).ToListAsync()).Id);
        Assert.Empty(await jane.Spaces.ListAsync().ToListAsync());
        await _client.Users.DeleteAsync(user.Id);
        Assert.Equal(401, (int?)(await Assert.ThrowsAsync<FlatfileApiException>(() => jane.Accounts.GetCurrentAsync())).Status);
    }

    [Fact]
    public async Task GuestsAreMadeInvitedChangedAndDeleted()
    {
        var space = await _client.Spaces.CreateAsync(new SpaceConfig { Name = "S", GuestAccess = true, GuestRole = "viewer" });
        var guest = (await _client.Guests.CreateAsync([new GuestConfig { Email = "g@example.com", Name = "G", Spaces = [new GuestSpace { Id = space.Id }] }]))[0];
        await _client.Guests.InviteAsync([new Invite { GuestId = guest.Id, SpaceId = space.Id, FromName = "Joe" }]);
        Assert.Equal("G2", (await _client.Guests.UpdateAsync(guest.Id, new GuestConfig { Name = "G2" })).Name);
        Assert.Equal("G2", Assert.Single(await _client.Guests.ListAsync(space.Id, "g@example.com").ToListAsync()).Name);
        var editor = (await _client.Roles.ListAsync().ToListAsync()).Single(role => role.Name == "editor");
        var given = await _client.Guests.AssignRoleAsync(guest.Id, new RoleAssignment { RoleId = editor.Id, ResourceId = space.Id });
        using var client = Client((await _client.Guests.GetTokenAsync(guest.Id, space.Id)).Token);
        await client.Jobs.CreateAsync(new JobConfig { Type = "space", Operation = "x", Source = space.Id });
        await _client.Guests.DeleteRoleAsync(guest.Id, given.Id);
        Assert.Empty(await _client.Guests.ListRolesAsync(guest.Id).ToListAsync());
        Assert.Equal(403, (int?)(await Assert.ThrowsAsync<FlatfileApiException>(() => client.Jobs.CreateAsync(new JobConfig { Type = "space", Operation = "x", Source = space.Id }))).Status);

        var token = new Uri(space.GuestLink!).Query["?token=".Length..];
        Assert.True((await _client.Users.ExchangeTokenAsync(new TokenExchange { Token = Uri.UnescapeDataString(token) })).Valid);
        await _client.Guests.DeleteAsync(guest.Id);
        Assert.Equal(404, (int?)(await Assert.ThrowsAsync<FlatfileApiException>(() => _client.Guests.GetAsync(guest.Id))).Status);
    }

    [Fact]
    public async Task KeysAndTheAccountAreManaged()
    {
        var environment = _server.Access.EnvironmentId;
        var key = await _client.Auth.CreateApiKeyAsync(environment, "SECRET");
        Assert.StartsWith("pk_", (await _client.Auth.GetPublishableKeyAsync(environment)).RawKey, StringComparison.Ordinal);
        Assert.Equal(3, (await _client.Auth.ListApiKeysAsync(environment).ToListAsync()).Count);
        using var secret = Client(key.RawKey!);
        var token = await secret.Auth.CreateAccessTokenAsync(Credentials.OfProgram(key.Id, key.RawKey!));
        using var client = Client(token.Token);
        await client.Spaces.CreateAsync(new SpaceConfig { Name = "S" });

        Assert.Equal("Ours", (await _client.Accounts.UpdateCurrentAsync(new AccountUpdate { Name = "Ours" })).Name);
        await _client.Auth.DeleteApiKeyAsync(environment, key.Id);
        Assert.Equal(401, (int?)(await Assert.ThrowsAsync<FlatfileApiException>(() => client.Accounts.GetCurrentAsync())).Status);
    }

    private FlatfileClient Client(string token) => new(new FlatfileClientOptions { BaseAddress = _server.Address, Token = token });
}
