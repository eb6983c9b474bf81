using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Auth.Users;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Spaces;

/// <summary>The members of a space. Each is a user of the account under the same id and address.</summary>
internal static class SpaceUsers
{
    private const int Longest = 200;
    private static readonly string[] Kept = ["name", "metadata"];

    /// <summary>Gives each user of a list the id of the account's user with that address, who is made where there is none. Ids a client sends do not count.</summary>
    public static async Task LinkAsync(CentralStore central, ApiCall call, JsonObject given)
    {
        if (given["users"] is not JsonArray { Count: > 0 } users)
        {
            return;
        }

        if (call.Caller.Kind == PrincipalKind.Publishable)
        {
            throw new ApiRefusal(403, new ApiFault("users", "A publishable key names no members. Add them with a secret key."));
        }

        var found = users.OfType<JsonObject>().Select(user => (User: user, Email: EmailAddress.TryRead(user.Text("email")?.Trim(), out var email) ? email : null)).ToList();
        found.ForEach(one => one.User.Remove("id"));
        var emails = found.Select(one => one.Email).OfType<string>().Distinct().ToList();
        if (emails.Count == 0)
        {
            return;
        }

        var ids = await central.WriteAsync(
            call.Caller,
            change => emails.ToDictionary(
                email => email,
                email => UserStore.IdOf(change.Connection, email)
                    ?? UserStore.Add(change, email, found.First(one => one.Email == email).User.Text("name") is { Length: > 0 and <= Longest } name ? name : email).Text("id")!),
            call.Cancelled).ConfigureAwait(false);
        found.ForEach(one => one.User["id"] = one.Email is null ? null : ids[one.Email]);
    }

    /// <summary>The list a client sent, linked.</summary>
    public static JsonArray Merge(SpaceWrite write, JsonArray? stored, JsonArray given)
    {
        var known = (stored ?? []).OfType<JsonObject>().ToDictionary(user => user.Text("email") ?? "", StringComparer.OrdinalIgnoreCase);
        var merged = new Dictionary<string, JsonObject>(StringComparer.OrdinalIgnoreCase);
        var faults = new List<ApiFault>();
        for (var i = 0; i < given.Count; i++)
        {
            if (given[i] is not JsonObject user || !EmailAddress.TryRead(user.Text("email")?.Trim(), out var email))
            {
                faults.Add(new ApiFault($"users[{i}].email", $"users[{i}] needs an 'email'."));
                continue;
            }

            var role = user.Text("role") ?? "viewer";
            if (SpaceRules.RoleOf(role) is null)
            {
                faults.Add(new ApiFault($"users[{i}].role", $"users[{i}].role '{role}' is none of owner, admin, editor, viewer."));
            }

            var body = new JsonObject
            {
                ["id"] = user.Text("id") ?? known.GetValueOrDefault(email)?.Text("id") ?? write.NewId(IdPrefix.User).ToString(), ["email"] = email, ["role"] = role,
            };
            foreach (var member in Kept.Where(member => user[member] is not null))
            {
                body[member] = user.Copy(member);
            }

            merged[email] = body;
        }

        return faults.Count > 0 ? throw new ApiRefusal(400, faults) : new JsonArray([.. merged.Values]);
    }

    /// <summary>Nobody makes, changes or removes members above the own role (403), and a space that had an owner keeps one (409).</summary>
    public static void CheckChange(JsonArray? before, JsonArray? after, Right role)
    {
        var (old, now) = (Roles(before), Roles(after));
        foreach (var email in old.Keys.Union(now.Keys))
        {
            var (was, becomes) = (old.GetValueOrDefault(email), now.GetValueOrDefault(email));
            if (was != becomes && (was > role || becomes > role))
            {
                throw new ApiRefusal(403, new ApiFault("users", $"Your role in this space is '{Authorization.Name(role)}'; members above it are not yours to make, change or remove."));
            }
        }

        if (old.ContainsValue(Right.Owner) && !now.ContainsValue(Right.Owner))
        {
            throw ApiRefusal.Conflict("users", "A space keeps an owner. Make somebody else owner first.");
        }
    }

    private static Dictionary<string, Right> Roles(JsonArray? users) => (users ?? []).OfType<JsonObject>()
        .ToDictionary(user => user.Text("email") ?? "", user => SpaceRules.RoleOf(user.Text("role")) ?? Right.Public, StringComparer.OrdinalIgnoreCase);
}
