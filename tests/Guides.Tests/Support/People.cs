using System.Text.Json.Nodes;

namespace Guides.Tests.Support;

/// <summary>Users as they come in: by address and password.</summary>
internal static class People
{
    private const string Password = "correct horse battery staple";

    /// <summary>The access token of a user, who is made when there is none yet.</summary>
    public static async Task<string> SignInAsync(GuideServer server, string email)
    {
        var found = (await server.RawAsync("GET", $"users?email={Uri.EscapeDataString(email)}"))["data"]!.AsArray();
        var id = found.Count > 0
            ? found[0]!["id"]
            : (await server.RawAsync("POST", "users/invite", new JsonObject { ["email"] = email, ["name"] = email, ["actorRoles"] = new JsonArray() }.ToJsonString()))["data"]!["id"];
        await server.RawAsync("POST", $"users/{id}/password", new JsonObject { ["password"] = Password }.ToJsonString());
        var token = await server.RawAsync("POST", "auth", new JsonObject { ["type"] = "userCredentials", ["email"] = email, ["password"] = Password }.ToJsonString());
        return (string)token["accessToken"]!;
    }
}
