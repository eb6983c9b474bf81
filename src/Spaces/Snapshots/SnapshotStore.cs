using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Snapshots;

/// <summary>Snapshots of a space's sheets. They go with their sheet.</summary>
internal static class SnapshotStore
{
    private const string Schema = "config";

    /// <summary>Copies a sheet's rows as they are now.</summary>
    public static JsonObject Create(SpaceWrite write, SheetOfCall sheet, string? label, string? threadId)
    {
        var id = write.NewId(IdPrefix.Snapshot);
        var body = new JsonObject
        {
            ["id"] = id.ToString(),
            ["sheetId"] = sheet.Sheet.Id.ToString(),
            ["label"] = label,
            ["threadId"] = threadId,
            ["createdAt"] = write.NowText,
            ["createdBy"] = write.ActorId,
            [Schema] = sheet.Sheet.Config.DeepClone(),
        };
        ResourceTable.Snapshots.Insert(write.Connection, id, body, parent: sheet.Sheet.Id.Number);
        SnapshotTable.Create(write.Connection, id.Number, sheet.Schema);
        var news = Commits.News(Topics.SnapshotCreated, sheet, null, []);
        news.Context["snapshotId"] = id.ToString();
        write.Emit(news with { Domain = "sheet" });
        return View(body);
    }

    /// <summary>A snapshot as it is answered.</summary>
    public static JsonObject View(JsonObject body)
    {
        var view = (JsonObject)body.DeepClone();
        view.Remove(Schema);
        return view;
    }

    /// <summary>The sheet's schema at the time.</summary>
    public static JsonObject ConfigOf(JsonObject body) => (JsonObject)body[Schema]!;

    /// <summary>Removes one with its rows.</summary>
    public static void Delete(SpaceWrite write, ResourceId id)
    {
        ResourceTable.Snapshots.Delete(write.Connection, id);
        SnapshotTable.Drop(write.Connection, id.Number);
    }

    /// <summary>Removes those of a sheet that goes.</summary>
    public static void DeleteOf(SqliteConnection connection, StoredSheet sheet)
    {
        foreach (var number in connection.Rows("SELECT number FROM snapshots WHERE parent = $sheet", row => row.GetInt64(0), ("$sheet", sheet.Id.Number)))
        {
            SnapshotTable.Drop(connection, number);
        }

        connection.Execute("DELETE FROM snapshots WHERE parent = $sheet", ("$sheet", sheet.Id.Number));
    }
}
