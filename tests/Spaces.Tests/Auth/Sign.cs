using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Auth;

/// <summary>Signs users in as a program does.</summary>
internal static class Sign
{
    /// <summary>A client with a user's token; the user is made where there is none.</summary>
    public static async Task<HttpClient> InAsync(SpacesServer server, string email) => server.NewClient(await TokenAsync(server, email));

    /// <summary>A user's token.</summary>
    public static async Task<string> TokenAsync(SpacesServer server, string email)
    {
        var user = await IdAsync(server, email);
        var client = await server.DataAsync("POST", $"users/{user}/api-token?tenantId={server.Access.AccountId}");
        var reply = await server.SendAsync("POST", "auth", $$"""{"type":"apiCredentials","clientId":"{{client["clientId"]}}","secret":"{{client["secret"]}}"}""", server.NewClient(null));
        Assert.True(reply.Status == 200, reply.Text);
        return (string)reply.Json["accessToken"]!;
    }

    /// <summary>The id of a user.</summary>
    public static async Task<string> IdAsync(SpacesServer server, string email)
    {
        var found = (await server.DataAsync("GET", $"users?email={Uri.EscapeDataString(email)}")).AsArray();
        return found.Count > 0 ? (string)found[0]!["id"]! : (string)(await server.DataAsync("POST", "users/invite", $$"""{"email":"{{email}}","name":"U","actorRoles":[]}"""))["id"]!;
    }
}
