using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Workbooks;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Files;

/// <summary>Files: a row and bytes. The row says that the bytes are there; they are on the disk before it is, and go after it.</summary>
internal static class FileStore
{
    private static readonly BodyMerge Rules = new(
        new HashSet<string>(StringComparer.Ordinal) { "name", "status", "mode" },
        new HashSet<string>(StringComparer.Ordinal)
        {
            "id", "spaceId", "ext", "mimetype", "encoding", "size", "bytesReceived", "sha256", "origin", "createdAt", "updatedAt", "expiredAt",
        });

    private static readonly string[] Statuses =
    [
        FileStatus.Partial, FileStatus.Analyzing, FileStatus.Analyzed, FileStatus.Complete, FileStatus.Archived, FileStatus.Purged, FileStatus.Failed,
    ];

    /// <summary>How many files of a mode (or at all) a space has, and some of them, in the order of their arrival.</summary>
    public static (long Count, List<JsonObject> Files) Page(SqliteConnection connection, string? mode, long skip, int size)
    {
        const string Chosen = " FROM files WHERE ($mode IS NULL OR body ->> '$.mode' = $mode)";
        return (
            connection.Number("SELECT count(*)" + Chosen, ("$mode", mode)),
            size <= 0 ? [] : connection.Rows(
                "SELECT body" + Chosen + " ORDER BY number LIMIT $size OFFSET $skip", row => Wire.Parse(row.GetString(0)),
                ("$mode", mode), ("$size", size), ("$skip", skip)));
    }

    /// <summary>Where the bytes of a file lie. Named by a number this server gave.</summary>
    public static string PlaceOf(SpaceFolder space, ResourceId id) =>
        Path.Combine(space.Files, id.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Adds a file whose bytes lie in the spool; what a copy is does not follow from its name, but from its original.</summary>
    public static JsonObject Add(SpaceWrite write, ResourceId id, SpooledFile bytes, string name, string mode, string origin, JsonArray actions, JsonObject? original = null)
    {
        var body = new JsonObject
        {
            ["id"] = id.ToString(),
            ["name"] = name,
            ["ext"] = original?.Text("ext") ?? FileLabel.Extension(name),
            ["mimetype"] = original?.Text("mimetype") ?? FileLabel.MimeType(name),
            ["encoding"] = "7bit",
            ["status"] = FileStatus.Complete,
            ["mode"] = mode,
            ["size"] = bytes.Size,
            ["bytesReceived"] = bytes.Size,
            ["sha256"] = bytes.Sha256,
            ["spaceId"] = write.SpaceId,
            ["origin"] = origin,
            ["actions"] = actions.DeepClone(),
            ["createdAt"] = write.NowText,
            ["updatedAt"] = write.NowText,
        };
        ResourceTable.Files.Insert(write.Connection, id, body, state: FileStatus.Complete);
        write.Connection.Execute("UPDATE files SET size = $size WHERE number = $number", ("$number", id.Number), ("$size", bytes.Size));
        Announce(write, Topics.FileCreated, body);
        if (mode == "import")
        {
            write.Emit(new NewEvent(Topics.SpaceFileUploaded, "space")
            {
                Context = new JsonObject { ["fileId"] = id.ToString(), ["fileName"] = name, ["fileSize"] = bytes.Size },
            });
        }

        // The folder may have been lost by a restore of the database alone.
        Directory.CreateDirectory(write.Folder.Files);
        bytes.MoveTo(PlaceOf(write.Folder, id));
        return body;
    }

    /// <summary>
    /// Changes name, status, mode, workbook or actions. The workbook goes with its file, so only who may delete workbooks says which one it is.
    /// </summary>
    public static JsonObject Update(SpaceWrite write, ResourceId id, JsonObject given, Right role)
    {
        var body = ResourceTable.Files.Get(write.Connection, id);
        if (role < Right.Admin && given.ContainsKey("workbookId") && given.Text("workbookId") != body.Text("workbookId"))
        {
            throw new ApiRefusal(403, new ApiFault("workbookId", $"Which workbook a file was extracted to is said by who may make and delete workbooks; your role in this space is '{Authorization.Name(role)}'."));
        }

        BodyMerge.Into(body, given, Rules);
        FileLabel.Check(body.Text("name")!);
        CheckMode(body.Text("mode")!);
        var status = body.Text("status")!;
        if (!Statuses.Contains(status))
        {
            throw ApiRefusal.Bad("status", $"'{status}' is no status of a file. Known: {string.Join(", ", Statuses)}.");
        }

        if (given.Text("workbookId") is { } workbook
            && (!ResourceId.TryParse(IdPrefix.Workbook, workbook, out var workbookId) || workbookId.Space != write.Folder.Number
                || ResourceTable.Workbooks.Find(write.Connection, workbookId.Number) is null))
        {
            throw ApiRefusal.Bad("workbookId", $"There is no workbook '{workbook}' in this space.");
        }

        body["updatedAt"] = write.NowText;
        ResourceTable.Files.Update(write.Connection, id, body, status);
        Announce(write, Topics.FileUpdated, body, new JsonObject { ["status"] = status, ["workbookId"] = body.Text("workbookId") });
        return body;
    }

    /// <summary>Removes the row, and the workbook that was extracted from the file. The bytes go once this is committed.</summary>
    public static void Delete(SpaceWrite write, ResourceId id)
    {
        var body = ResourceTable.Files.Get(write.Connection, id);
        ResourceTable.Files.Delete(write.Connection, id);
        if (ResourceId.TryParse(IdPrefix.Workbook, body.Text("workbookId"), out var workbook) && IsOnlyOf(write, workbook))
        {
            WorkbookStore.Delete(write, workbook);
        }

        Announce(write, Topics.FileDeleted, body);
    }

    /// <summary>400 for a mode nobody knows.</summary>
    public static void CheckMode(string mode)
    {
        if (mode is not ("import" or "export"))
        {
            throw ApiRefusal.Bad("mode", $"'{mode}' is no mode of a file. Known: import, export.");
        }
    }

    /// <summary>A workbook people work in is not the file's own, whatever the file names.</summary>
    private static bool IsOnlyOf(SpaceWrite write, ResourceId workbook) =>
        ResourceTable.Workbooks.Find(write.Connection, workbook.Number) is not null
        && write.Space.Text("primaryWorkbookId") != workbook.ToString()
        && ResourceTable.Files.List(write.Connection).All(other => other.Text("workbookId") != workbook.ToString());

    private static void Announce(SpaceWrite write, string topic, JsonObject body, JsonObject? payload = null) => write.Emit(new NewEvent(topic, "file")
    {
        Context = new JsonObject { ["fileId"] = body.Text("id") },
        Payload = payload ?? [],
        Origin = new JsonObject { ["id"] = body.Text("id") },
    });
}
