using System.Text.Json.Nodes;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Environments;

/// <summary>The rows of environments.</summary>
internal static class EnvironmentStore
{
    /// <summary>Adds an environment and answers its body.</summary>
    public static JsonObject Add(CentralWrite change, JsonObject given)
    {
        var body = new JsonObject
        {
            ["id"] = RandomId.New(IdPrefix.Environment),
            ["accountId"] = change.AccountId,
            ["isProd"] = false,
            ["guestAuthentication"] = new JsonArray("shared_link"),
            ["features"] = new JsonObject(),
            ["metadata"] = new JsonObject(),
        };
        BodyMerge.Into(body, given, BodyMerge.Environment);
        change.Connection.Execute(
            "INSERT INTO environments(id, body) VALUES ($id, $body)", ("$id", body.Text("id")), ("$body", Wire.Text(body)));
        change.Emit(new NewEvent(Api.Topics.EnvironmentCreated, "environment"), body.Text("id"));
        return body;
    }

    /// <summary>An environment's body, or null.</summary>
    public static JsonObject? Find(SqliteConnection connection, string id) =>
        connection.Scalar("SELECT body FROM environments WHERE id = $id", ("$id", id)) is string body ? Wire.Parse(body) : null;
}
