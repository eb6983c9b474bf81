using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth.Roles;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Auth.Users;

/// <summary>The rows of users. One address is one user of the account.</summary>
internal static class UserStore
{
    /// <summary>The caller a user is; null when it is gone or its tokens were made void.</summary>
    public static Principal? Principal(SqliteConnection connection, string id, long generation, string accountId, string home)
    {
        var email = connection.Scalar(
            "SELECT email FROM users WHERE id = $id AND generation = $generation", ("$id", id), ("$generation", generation)) as string;
        if (email is null)
        {
            return null;
        }

        var roles = ActorRoles.Of(connection, id);
        var manages = roles.Any(role => role.ResourceId == accountId && role.Right >= Http.Operations.Right.Admin);
        return new Principal(manages ? PrincipalKind.Account : PrincipalKind.User, id, manages ? home : "", accountId) { Email = email, Roles = roles };
    }

    /// <summary>A user's body, or null.</summary>
    public static JsonObject? Find(SqliteConnection connection, string? id) =>
        connection.Scalar("SELECT body FROM users WHERE id = $id", ("$id", id)) is string body ? Wire.Parse(body) : null;

    /// <summary>A user's body; 404 when there is none.</summary>
    public static JsonObject Get(SqliteConnection connection, string? id) => Find(connection, id) ?? throw ApiRefusal.NotFound("user", id);

    /// <summary>Which generation of tokens is good.</summary>
    public static long Generation(SqliteConnection connection, string id) => connection.Number("SELECT generation FROM users WHERE id = $id", ("$id", id));

    /// <summary>The id of the user with an address, in lower case; null when there is none.</summary>
    public static string? IdOf(SqliteConnection connection, string email) =>
        connection.Scalar("SELECT id FROM users WHERE email = $email", ("$email", email)) as string;

    /// <summary>All users in the order of their creation.</summary>
    public static List<JsonObject> List(SqliteConnection connection) =>
        connection.Rows("SELECT body FROM users ORDER BY number", row => Wire.Parse(row.GetString(0)));

    /// <summary>Adds a user.</summary>
    public static JsonObject Add(CentralWrite change, string email, string name)
    {
        var body = new JsonObject
        {
            ["id"] = RandomId.New(IdPrefix.User),
            ["email"] = email,
            ["name"] = name,
            ["accountId"] = change.AccountId,
            ["idp"] = "local",
            ["metadata"] = new JsonObject(),
            ["createdAt"] = change.NowText,
            ["updatedAt"] = change.NowText,
        };
        change.Connection.Execute(
            "INSERT INTO users(id, email, body) VALUES ($id, $email, $body)", ("$id", body.Text("id")), ("$email", email), ("$body", Wire.Text(body)));
        return body;
    }

    /// <summary>Stores a changed body.</summary>
    public static void Store(CentralWrite change, JsonObject body)
    {
        body["updatedAt"] = change.NowText;
        change.Connection.Execute("UPDATE users SET body = $body WHERE id = $id", ("$id", body.Text("id")), ("$body", Wire.Text(body)));
    }

    /// <summary>Removes a user with everything it signs in with.</summary>
    public static void Delete(CentralWrite change, string id)
    {
        if (change.Connection.Execute("DELETE FROM users WHERE id = $id", ("$id", id)) == 0)
        {
            throw ApiRefusal.NotFound("user", id);
        }

        change.Connection.Execute("DELETE FROM actor_roles WHERE actor = $id", ("$id", id));
        change.Connection.Execute("DELETE FROM tokens WHERE owner = $id", ("$id", id));
        change.Connection.Execute("DELETE FROM invitations WHERE subject = $id", ("$id", id));
    }
}
