using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Secrets;

/// <summary>The rows of secrets. One name is one secret per environment, space and actor.</summary>
internal static class SecretStore
{
    private const string Same = "environment = $environment AND space IS $space AND actor IS $actor AND name = $name";

    /// <summary>From general to special: of the environment, of the space, of the actor, of the actor in the space.</summary>
    public static List<JsonObject> List(SqliteConnection connection, string environmentId, string? spaceId, string? actorId, bool general) => connection.Rows(
        """
        SELECT body FROM secrets
        WHERE environment = $environment AND (space IS NULL AND $general OR space = $space) AND (actor IS NULL OR actor = $actor)
        ORDER BY actor IS NOT NULL, space IS NOT NULL, name
        """,
        row => Wire.Parse(row.GetString(0)), ("$environment", environmentId), ("$space", spaceId), ("$actor", actorId), ("$general", general));

    /// <summary>What a secret belongs to; null when there is none.</summary>
    public static (string EnvironmentId, string? SpaceId)? PlaceOf(SqliteConnection connection, string id) =>
        connection.Row("SELECT environment, space FROM secrets WHERE id = $id", row => Tuple.Create(row.GetString(0), row.Text(1)), ("$id", id)) is { } place
            ? (place.Item1, place.Item2) : null;

    /// <summary>A secret of the caller's environment, or null.</summary>
    public static JsonObject? Find(CentralWrite change, string id) =>
        change.Connection.Scalar("SELECT body FROM secrets WHERE id = $id AND environment = $environment", ("$id", id), ("$environment", change.EnvironmentId))
            is string body ? Wire.Parse(body) : null;

    /// <summary>Writes a secret, over the one of the same name and place.</summary>
    public static JsonObject Put(CentralWrite change, string name, string value, string? spaceId, string? actorId)
    {
        var earlier = change.Connection.Scalar(
            $"SELECT id FROM secrets WHERE {Same}",
            ("$environment", change.EnvironmentId), ("$space", spaceId), ("$actor", actorId), ("$name", name)) as string;
        var secret = new JsonObject
        {
            ["id"] = earlier ?? RandomId.New(IdPrefix.Secret),
            ["name"] = name,
            ["value"] = value,
            ["environmentId"] = change.EnvironmentId,
        };
        if (spaceId is not null)
        {
            secret["spaceId"] = spaceId;
        }

        if (actorId is not null)
        {
            secret["actorId"] = actorId;
        }

        change.Connection.Execute(
            "INSERT OR REPLACE INTO secrets(id, environment, space, actor, name, body) VALUES ($id, $environment, $space, $actor, $name, $body)",
            ("$id", secret.Text("id")), ("$environment", change.EnvironmentId), ("$space", spaceId), ("$actor", actorId), ("$name", name),
            ("$body", Wire.Text(secret)));
        Announce(change, earlier is null ? Topics.SecretCreated : Topics.SecretUpdated, name, spaceId);
        return secret;
    }

    /// <summary>Removes a secret; 404 when the caller's environment has none of this id.</summary>
    public static void Delete(CentralWrite change, string id)
    {
        var secret = Find(change, id) ?? throw ApiRefusal.NotFound("secret", id);
        change.Connection.Execute("DELETE FROM secrets WHERE id = $id", ("$id", id));
        Announce(change, Topics.SecretDeleted, secret.Text("name")!, secret.Text("spaceId"));
    }

    private static void Announce(CentralWrite change, string topic, string name, string? spaceId)
    {
        var context = new JsonObject();
        if (spaceId is not null)
        {
            context["spaceId"] = spaceId;
        }

        change.Emit(new NewEvent(topic, "secret") { Context = context, Payload = new JsonObject { ["name"] = name } });
    }
}
