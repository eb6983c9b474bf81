using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Files;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Jobs;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Spaces;

/// <summary>The end of a space's data: records and files go, what describes them stays, and nothing can be written any more.</summary>
internal static class SpaceExpiry
{
    /// <summary>Expires a space. Jobs that have not ended are canceled first. Doing it twice changes nothing.</summary>
    /// <returns>Where the bytes of its files lie; to be removed once this is committed.</returns>
    public static IReadOnlyList<string> Expire(SpaceWrite write)
    {
        var body = write.Space;
        if (IsExpired(body))
        {
            return [];
        }

        foreach (var job in ResourceTable.Jobs.List(write.Connection).Where(job => job.Text("finishedAt") is null))
        {
            JobMachine.Cancel(write, write.Own(ResourceTable.Jobs, job.Text("id")), "The space has expired: its data is gone.");
        }

        var places = ResourceTable.Files.List(write.Connection).Select(file => ExpireFile(write, file)).ToList();
        foreach (var workbook in ResourceTable.Workbooks.List(write.Connection))
        {
            ExpireWorkbook(write, workbook);
        }

        body["expiredAt"] = write.NowText;
        body["updatedAt"] = write.NowText;
        write.StoreSpace(body);
        SpaceChange.Announce(write, Topics.SpaceExpired);
        return places;
    }

    /// <summary>Whether the space has expired.</summary>
    public static bool IsExpired(JsonObject space) => space.Text("expiredAt") is not null;

    private static string ExpireFile(SpaceWrite write, JsonObject file)
    {
        var id = write.Own(ResourceTable.Files, file.Text("id"));
        file["status"] = FileStatus.Purged;
        file["expiredAt"] = write.NowText;
        file["updatedAt"] = write.NowText;
        ResourceTable.Files.Update(write.Connection, id, file, FileStatus.Purged);
        Announce(write, Topics.FileExpired, "file", new JsonObject { ["fileId"] = id.ToString() });
        return FileStore.PlaceOf(write.Folder, id);
    }

    private static void ExpireWorkbook(SpaceWrite write, JsonObject workbook)
    {
        var id = write.Own(ResourceTable.Workbooks, workbook.Text("id"));
        SheetDefinition[] sheets = [.. SheetStore.Of(write, id.Number).Select(sheet => sheet.Definition)];
        RecordTables.Apply(write.Connection, sheets, []);
        RecordTables.Apply(write.Connection, [], sheets);
        workbook["expiredAt"] = write.NowText;
        workbook["updatedAt"] = write.NowText;
        ResourceTable.Workbooks.Update(write.Connection, id, workbook);
        Announce(write, Topics.WorkbookExpired, "workbook", new JsonObject { ["workbookId"] = id.ToString() });
    }

    private static void Announce(SpaceWrite write, string topic, string domain, JsonObject context) => write.Emit(new NewEvent(topic, domain) { Context = context });
}
