using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Usage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Spaces;

/// <summary>A space as it is answered: what is stored, and what follows from it.</summary>
internal static class SpaceView
{
    private const int MostFiles = 1_000;

    /// <summary>Everything but links, which depend on where the server stands today.</summary>
    public static JsonObject Read(SqliteConnection connection)
    {
        var (text, active) = connection.Row("SELECT body, last_activity_at FROM space WHERE one = 1", row => Tuple.Create(row.GetString(0), row.Text(1)))!;
        var body = Wire.Parse(text);
        var users = body["users"] as JsonArray ?? [];
        body["users"] ??= users;
        var files = ResourceTable.Files.Count(connection);
        body["workbooksCount"] = ResourceTable.Workbooks.Count(connection);
        body["filesCount"] = files;
        body["lastActivityAt"] = active ?? body.Text("createdAt");
        body["isCollaborative"] = users.Count > 1;
        body["status"] = body.Text("expiredAt") is not null ? SpaceStatus.Expired
            : body.Text("archivedAt") is not null ? SpaceStatus.Archived
            : body.Text("status") ?? SpaceStatus.Created;
        body["size"] = new JsonObject
        {
            ["name"] = body.Text("name"), ["id"] = body.Text("id"), ["numUsers"] = users.Count, ["pdv"] = UsageMeter.Records(connection), ["numFiles"] = files,
        };
        return body;
    }

    /// <summary>One space with its links and files, as it is answered alone.</summary>
    public static JsonObject Whole(SqliteConnection connection, SpacesOptions options)
    {
        var body = WithLinks(Read(connection), options);
        body["files"] = new JsonArray([.. ResourceTable.Files.List(connection).Take(MostFiles)]);
        return body;
    }

    /// <summary>Adds the links.</summary>
    public static JsonObject WithLinks(JsonObject body, SpacesOptions options)
    {
        if (body["guestAuthentication"] is JsonArray { Count: > 0 })
        {
            body["guestLink"] = new Uri(options.BaseUrl, $"space/{body.Text("id")}").ToString();
        }

        return body;
    }
}
