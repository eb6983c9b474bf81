using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Jobs;

/// <summary>What a job works on. It decides the job's space, and what the context of its events names.</summary>
internal static class JobSource
{
    /// <summary>The id prefix and the noun of each job type whose source lies in a space; null for the others.</summary>
    public static (string Prefix, string Noun)? Kind(string type) => type switch
    {
        "space" => (IdPrefix.Space, "space"),
        "workbook" => (IdPrefix.Workbook, "workbook"),
        "sheet" => (IdPrefix.Sheet, "sheet"),
        "file" => (IdPrefix.File, "file"),
        "document" => (IdPrefix.Document, "document"),
        _ => null,
    };

    /// <summary>The ids of the source for the context of events; 404 when it is not there.</summary>
    public static JsonObject Context(SpaceRead read, string type, string source)
    {
        switch (type)
        {
            case "workbook":
                Existing(read, ResourceTable.Workbooks, source);
                return new JsonObject { ["workbookId"] = source };
            case "sheet":
                return SheetStore.Context(SheetStore.Get(read, read.Own(ResourceTable.Sheets, source)));
            case "file":
                Existing(read, ResourceTable.Files, source);
                return new JsonObject { ["fileId"] = source };
            case "document":
                Existing(read, ResourceTable.Documents, source);
                return new JsonObject { ["documentId"] = source };
            default:
                return [];
        }
    }

    /// <summary>The same for a job whose source may be gone by now: what is left to say is said.</summary>
    public static JsonObject ContextOrLess(SpaceRead read, JsonObject job)
    {
        try
        {
            return Context(read, job.Text("type")!, job.Text("source")!);
        }
        catch (ApiRefusal)
        {
            return job.Text("type") is "workbook" or "sheet" or "file" or "document"
                ? new JsonObject { [job.Text("type") + "Id"] = job.Text("source") }
                : [];
        }
    }

    private static void Existing(SpaceRead read, ResourceTable table, string id) => table.Get(read.Connection, read.Own(table, id));
}
