using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Spaces;

/// <summary>The members of a space.</summary>
internal static class SpaceUsers
{
    private static readonly string[] Roles = ["owner", "admin", "editor", "viewer"];

    /// <summary>The list a client sent, with the ids of those who were members before.</summary>
    public static JsonArray Merge(SpaceWrite write, JsonArray? stored, JsonArray given)
    {
        var known = (stored ?? []).OfType<JsonObject>().ToDictionary(user => user.Text("email") ?? "", StringComparer.OrdinalIgnoreCase);
        var merged = new Dictionary<string, JsonObject>(StringComparer.OrdinalIgnoreCase);
        var faults = new List<ApiFault>();
        for (var i = 0; i < given.Count; i++)
        {
            var email = (given[i] as JsonObject)?.Text("email")?.Trim();
            if (given[i] is not JsonObject user || string.IsNullOrEmpty(email))
            {
                faults.Add(new ApiFault($"users[{i}].email", $"users[{i}] needs an 'email'."));
                continue;
            }

            var role = user.Text("role") ?? "viewer";
            if (!Roles.Contains(role))
            {
                faults.Add(new ApiFault($"users[{i}].role", $"users[{i}].role '{role}' is none of {string.Join(", ", Roles)}."));
            }

            var body = (JsonObject)user.DeepClone();
            body["id"] = known.GetValueOrDefault(email)?.Text("id") ?? write.NewId(IdPrefix.User).ToString();
            body["email"] = email;
            body["role"] = role;
            merged[email] = body;
        }

        return faults.Count > 0 ? throw new ApiRefusal(400, faults) : new JsonArray([.. merged.Values]);
    }
}
