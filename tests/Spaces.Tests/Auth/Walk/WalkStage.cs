using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Auth.Guests;
using Flatfile.Spaces.Auth.Users;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Tests.Auth.Walk;

/// <summary>A server with three places (a space, another one of its environment, one of another environment) and everybody who may call.</summary>
internal sealed class WalkStage(SpacesServer server) : IAsyncDisposable
{
    private const string Users =
        """[{"email":"owner@walk.example","role":"owner"},{"email":"admin@walk.example","role":"admin"},{"email":"editor@walk.example","role":"editor"},{"email":"viewer@walk.example","role":"viewer"}]""";

    public SpacesServer Server => server;

    public List<WalkPrincipal> Principals { get; } = [];

    public List<WalkPlace> Places { get; } = [];

    public WalkMaker Maker { get; } = new(server, Users);

    /// <summary>In other places the members are strangers.</summary>
    public WalkMaker StrangersMaker { get; } = new(server, """[{"email":"stranger@walk.example","role":"owner"}]""");

    public static async Task<WalkStage> SetAsync()
    {
        var stage = new WalkStage(await SpacesServer.StartAsync(configure: options => options.PublicCallsPerMinute = options.FailedSignInsPerMinute = int.MaxValue));
        await stage.AddPlacesAsync();
        await stage.AddPrincipalsAsync();
        return stage;
    }

    public WalkMaker MakerOf(WalkPlace place) => place.Name == "own" ? Maker : StrangersMaker;

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    private async Task AddPlacesAsync()
    {
        var home = server.Access.EnvironmentId;
        var (foreign, foreignKey) = await server.OtherEnvironmentAsync();
        foreach (var (name, environment, key) in new[]
        {
            ("own", home, await server.SecretKeyAsync(home)), ("other", home, await server.SecretKeyAsync(home)), ("foreign", foreign, foreignKey),
        })
        {
            var publishable = await server.DataAsync("GET", $"auth/publishable-key?environmentId={environment}");
            var roles = await server.DataAsync("GET", "roles");
            var place = new WalkPlace(name, key, new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["environmentId"] = environment, ["accountId"] = server.Access.AccountId, ["publishableKey"] = (string)publishable["rawKey"]!,
                ["roleId"] = (string)roles.AsArray().Single(role => (string)role!["name"]! == "viewer")!["id"]!, ["stepId"] = "upload", ["version"] = "1",
                ["subscribeKey"] = "", ["callback"] = "0", ["agentExportId"] = "us_agx_00000000", ["suggestionId"] = "1", ["draftSpaceId"] = "us_sp_00000000", ["accessTokenId"] = "us_pat_00000000", ["actorRoleId"] = "",
            });
            foreach (var id in WalkMaker.Order)
            {
                await MakerOf(place).MakeAsync(place, id);
            }

            var channel = await server.DataAsync("GET", $"subscription?scope={place.Ids["spaceId"]}", client: key);
            place.Ids["subscribeKey"] = (string)channel["subscribeKey"]!;
            place.Ids["channelToken"] = (string)channel["token"]!;
            place.Ids["channel"] = "space." + place.Ids["spaceId"];
            var client = await server.DataAsync("POST", $"users/{place.Ids["userId"]}/api-token?tenantId={environment}");
            place.Ids["clientId"] = (string)client["clientId"]!;
            place.Ids["clientSecret"] = (string)client["secret"]!;
            var signedIn = await server.SendAsync("POST", "auth", place.Fill("""{"type":"apiCredentials","clientId":"{clientId}","secret":"{clientSecret}"}"""));
            place.Ids["freshToken"] = (string)signedIn.Json["accessToken"]!;
            Places.Add(place);
        }
    }

    private async Task AddPrincipalsAsync()
    {
        var home = server.Access.EnvironmentId;
        Add("no token", WalkSort.Nobody, null);
        Add("bad token", WalkSort.Nobody, "sk_" + new string('a', 43));
        Add("expired token", WalkSort.Nobody, await UserTokenAsync("owner@walk.example", TimeSpan.FromMinutes(-5)));
        var revoked = (await server.DataAsync("POST", $"auth/api-key?environmentId={home}&type=SECRET"))[0]!;
        await server.DataAsync("DELETE", $"auth/api-key?environmentId={home}&key={revoked["id"]}");
        Add("revoked key", WalkSort.Nobody, (string)revoked["rawKey"]!);
        Add("development key", WalkSort.Account, server.Access.DevelopmentKey);
        Add("secret key", WalkSort.Secret, (string)(await server.DataAsync("POST", $"auth/api-key?environmentId={home}&type=SECRET"))[0]!["rawKey"]!);
        Add("publishable key", WalkSort.Publishable, Places[0].Ids["publishableKey"]);
        foreach (var role in new[] { Right.Owner, Right.Admin, Right.Editor, Right.Viewer })
        {
            var name = role.ToString().ToLowerInvariant();
            Add($"user {name}", WalkSort.User, await UserTokenAsync($"{name}@walk.example", TimeSpan.FromHours(1)), ("own", role));
        }

        await server.DataAsync("POST", "users/invite", """{"email":"nobody@walk.example","name":"N","actorRoles":[]}""");
        Add("user without a space", WalkSort.User, await UserTokenAsync("nobody@walk.example", TimeSpan.FromHours(1)));
        var admin = (string)(await server.DataAsync("GET", "roles")).AsArray().Single(role => (string)role!["name"]! == "admin")!["id"]!;
        await server.DataAsync("POST", "users/invite", $$"""{"email":"account@walk.example","name":"A","actorRoles":[{"roleId":"{{admin}}","resourceId":"{{server.Access.AccountId}}"}]}""");
        Add("account admin", WalkSort.Account, await UserTokenAsync("account@walk.example", TimeSpan.FromHours(1)));
        Add("guest editor", WalkSort.Guest, await GuestTokenAsync(Places[0], null), ("own", Right.Editor));
        Add("guest viewer", WalkSort.Guest, await GuestTokenAsync(Places[0], "viewer"), ("own", Right.Viewer));
        Add("guest of another space", WalkSort.Guest, await GuestTokenAsync(Places[1], null), ("other", Right.Editor));
    }

    private void Add(string name, WalkSort sort, string? token, params (string Place, Right Role)[] roles) => Principals.Add(
        new WalkPrincipal(name, sort, token, server.NewClient(token)) { Roles = roles.ToDictionary(role => role.Place, role => role.Role) });

    private async Task<string> UserTokenAsync(string email, TimeSpan life)
    {
        var (id, generation) = await server.Service<CentralStore>().ReadAsync(
            connection => (UserStore.IdOf(connection, email)!, UserStore.Generation(connection, UserStore.IdOf(connection, email)!)), CancellationToken.None);
        return server.Service<AccessTokens>().OfUser(id, generation, life, TimeProvider.System.GetUtcNow());
    }

    private async Task<string> GuestTokenAsync(WalkPlace place, string? role)
    {
        var guest = (await server.DataAsync(
            "POST", "guests", place.Fill("""[{"environmentId":"{environmentId}","email":"UNIQUE@guest.example","name":"G","spaces":[{"id":"{spaceId}"}]}]""").Replace("UNIQUE", WalkMaker.Unique(), StringComparison.Ordinal),
            place.Key))[0]!;
        if (role is not null)
        {
            await server.DataAsync("POST", $"guests/{guest["id"]}/roles", place.Fill("""{"roleId":"{roleId}","resourceId":"{spaceId}"}"""), place.Key);
        }

        return (string)(await server.DataAsync("GET", place.Fill($"guests/{guest["id"]}/token?spaceId={{spaceId}}"), client: place.Key))["token"]!;
    }
}
