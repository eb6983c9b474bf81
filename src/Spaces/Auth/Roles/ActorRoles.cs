using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Auth.Roles;

/// <summary>The rows of roles given to actors.</summary>
internal static class ActorRoles
{
    /// <summary>The roles there are, as they are answered; made at the first start.</summary>
    public static void Ensure(CentralWrite change)
    {
        foreach (var name in (string[])["owner", "admin", "editor", "viewer"])
        {
            var body = new JsonObject
            {
                ["id"] = RandomId.New(IdPrefix.Role), ["name"] = name, ["accountId"] = change.AccountId, ["createdAt"] = change.NowText, ["updatedAt"] = change.NowText,
            };
            change.Connection.Execute(
                "INSERT OR IGNORE INTO roles(id, name, body) VALUES ($id, $name, $body)", ("$id", body.Text("id")), ("$name", name), ("$body", Wire.Text(body)));
        }
    }

    /// <summary>All roles, from the least.</summary>
    public static List<JsonObject> Roles(SqliteConnection connection) =>
        [.. connection.Rows("SELECT body FROM roles", row => Wire.Parse(row.GetString(0))).OrderBy(role => SpaceRules.RoleOf(role.Text("name")))];

    /// <summary>Gives a role; giving it again changes nothing. Answers it.</summary>
    public static JsonObject Give(CentralWrite change, string actorId, GivenRole role)
    {
        var body = new JsonObject
        {
            ["id"] = RandomId.New(IdPrefix.ActorRole), ["roleId"] = role.RoleId, ["actorId"] = actorId, ["resourceId"] = role.ResourceId,
            ["createdAt"] = change.NowText, ["updatedAt"] = change.NowText,
        };
        change.Connection.Execute(
            "INSERT OR IGNORE INTO actor_roles(id, role, actor, resource, body) VALUES ($id, $role, $actor, $resource, $body)",
            ("$id", body.Text("id")), ("$role", role.RoleId), ("$actor", actorId), ("$resource", role.ResourceId), ("$body", Wire.Text(body)));
        return Wire.Parse((string)change.Connection.Scalar(
            "SELECT body FROM actor_roles WHERE role = $role AND actor = $actor AND resource = $resource",
            ("$role", role.RoleId), ("$actor", actorId), ("$resource", role.ResourceId))!);
    }

    /// <summary>Takes a role back; 404 when the actor has none of this id.</summary>
    public static void Take(CentralWrite change, string actorId, string id)
    {
        if (change.Connection.Execute("DELETE FROM actor_roles WHERE id = $id AND actor = $actor", ("$id", id), ("$actor", actorId)) == 0)
        {
            throw ApiRefusal.NotFound("role of this actor", id);
        }
    }

    /// <summary>The roles of an actor as they are answered.</summary>
    public static List<JsonObject> List(SqliteConnection connection, string actorId) =>
        connection.Rows("SELECT body FROM actor_roles WHERE actor = $actor ORDER BY number", row => Wire.Parse(row.GetString(0)), ("$actor", actorId));

    /// <summary>The roles of an actor.</summary>
    public static List<ActorRole> Of(SqliteConnection connection, string actorId) =>
        [.. connection.Rows(
            "SELECT roles.name, actor_roles.resource FROM actor_roles JOIN roles ON roles.id = actor_roles.role WHERE actor_roles.actor = $actor",
            row => (Right: SpaceRules.RoleOf(row.GetString(0)), Resource: row.GetString(1)), ("$actor", actorId))
            .Where(role => role.Right is not null).Select(role => new ActorRole(role.Resource, role.Right!.Value))];
}
