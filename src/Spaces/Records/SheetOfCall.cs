using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary>The sheet a call is about, with its workbook and its schema among the others.</summary>
internal sealed record SheetOfCall(StoredSheet Sheet, JsonObject Workbook, SheetSchema Schema)
{
    /// <summary>Whether commits stay open until somebody completes them.</summary>
    public bool TracksChanges => (Workbook["settings"] as JsonObject)?.Flag("trackChanges") == true;

    public static SheetOfCall Find(SpaceRead read, ResourceId id)
    {
        var sheet = SheetStore.Get(read, id);
        var workbook = SheetStore.WorkbookOf(read, sheet);
        var schema = WorkbookSchema.Load(read.Connection, [.. SheetStore.Of(read, workbook.Number).Select(other => other.Definition)]);
        return new SheetOfCall(sheet, ResourceTable.Workbooks.Get(read.Connection, workbook), schema[sheet.Records]);
    }

    /// <summary>409 when somebody else has locked the sheet.</summary>
    public SheetOfCall Writable(SpaceWrite write) =>
        Sheet.Body.Text("lockedBy") is { } owner && owner != write.ActorId
            ? throw ApiRefusal.Conflict(null, $"The sheet is locked by {owner} since {Sheet.Body.Text("lockedAt")}. Wait until it is unlocked.")
            : this;
}
