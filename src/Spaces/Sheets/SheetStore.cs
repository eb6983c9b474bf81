using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Snapshots;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Sheets;

/// <summary>The sheets of a workbook. They change together: their schemas refer to each other.</summary>
internal static class SheetStore
{
    private const string Columns = "SELECT number, records, body FROM sheets";

    /// <summary>The sheets of a workbook, in order.</summary>
    public static List<StoredSheet> Of(SpaceRead read, long workbook) => read.Connection.Rows(
        $"{Columns} WHERE parent = $workbook ORDER BY number", row => Row(read, row), ("$workbook", workbook));

    /// <summary>One sheet; 404 when there is none.</summary>
    public static StoredSheet Get(SpaceRead read, ResourceId id) =>
        read.Connection.Row($"{Columns} WHERE number = $number", row => Row(read, row), ("$number", id.Number))
        ?? throw ApiRefusal.NotFound("sheet", id.ToString());

    /// <summary>The workbook a sheet is in.</summary>
    public static ResourceId WorkbookOf(SpaceRead read, StoredSheet sheet) => read.Own(ResourceTable.Workbooks, sheet.Body.Text("workbookId"));

    /// <summary>
    /// Replaces the sheets of a workbook: new ones are created, changed ones altered, missing ones dropped, each with its event, and the record
    /// tables follow. All faults of the whole workbook are told at once.
    /// </summary>
    public static void Replace(SpaceWrite write, ResourceId workbook, IReadOnlyList<StoredSheet> before, IReadOnlyList<SheetPlan> plans)
    {
        SheetCheck.Run(plans);
        var after = new List<StoredSheet>();
        var kept = before.ToDictionary(sheet => sheet.Id.Number);
        foreach (var plan in plans)
        {
            after.Add(plan.Id is { } id && kept.Remove(id.Number, out var stored) ? Alter(write, stored, plan) : Create(write, workbook, plan));
        }

        RecordTables.Apply(write.Connection, [.. before.Select(sheet => sheet.Definition)], [.. after.Select(sheet => sheet.Definition)]);
        foreach (var gone in kept.Values)
        {
            ResourceTable.Sheets.Delete(write.Connection, gone.Id);
            SnapshotStore.DeleteOf(write.Connection, gone);
            write.Connection.Execute("DELETE FROM views WHERE parent = $sheet", ("$sheet", gone.Id.Number));
            Announce(write, Topics.SheetDeleted, gone);
        }
    }

    /// <summary>Stores a sheet's members outside its schema, and announces it.</summary>
    public static void Store(SpaceWrite write, StoredSheet sheet)
    {
        sheet.Body["updatedAt"] = write.NowText;
        ResourceTable.Sheets.Update(write.Connection, sheet.Id, sheet.Body);
        Announce(write, Topics.SheetUpdated, sheet);
    }

    /// <summary>The ids every event about a sheet carries.</summary>
    public static JsonObject Context(StoredSheet sheet) => new()
    {
        ["workbookId"] = sheet.Body.Text("workbookId"),
        ["sheetId"] = sheet.Id.ToString(),
        ["sheetSlug"] = sheet.Slug,
    };

    /// <summary>A sheet as it is answered.</summary>
    public static JsonObject View(SpaceRead read, StoredSheet sheet, bool counts)
    {
        var body = (JsonObject)sheet.Body.DeepClone();
        if (counts)
        {
            body["recordCounts"] = System.Text.Json.JsonSerializer.SerializeToNode(
                RecordTables.Counts(read.Connection, sheet.Records), FlatfileJson.Default.RecordCounts);
        }

        return body;
    }

    /// <summary>Announces a change of a sheet.</summary>
    public static void Announce(SpaceWrite write, string topic, StoredSheet sheet) => write.Emit(new NewEvent(topic, "sheet")
    {
        Context = Context(sheet),
        Origin = new JsonObject { ["id"] = sheet.Id.ToString(), ["slug"] = sheet.Slug },
    });

    private static StoredSheet Create(SpaceWrite write, ResourceId workbook, SheetPlan plan)
    {
        var id = write.NewId(IdPrefix.Sheet);
        var body = new JsonObject { ["id"] = id.ToString(), ["workbookId"] = workbook.ToString() };
        plan.Into(body);
        body["createdAt"] = write.NowText;
        body["updatedAt"] = write.NowText;
        ResourceTable.Sheets.Insert(write.Connection, id, body, parent: workbook.Number);
        var sheet = new StoredSheet(id, NextRecords(write.Connection), body);
        write.Connection.Execute("UPDATE sheets SET records = $records WHERE number = $number", ("$records", sheet.Records), ("$number", id.Number));
        Announce(write, Topics.SheetCreated, sheet);
        return sheet;
    }

    private static StoredSheet Alter(SpaceWrite write, StoredSheet stored, SheetPlan plan)
    {
        var body = (JsonObject)stored.Body.DeepClone();
        plan.Into(body);
        var sheet = stored with { Body = body };
        if (!JsonNode.DeepEquals(body, stored.Body))
        {
            Store(write, sheet);
        }

        return sheet;
    }

    private static int NextRecords(SqliteConnection connection)
    {
        connection.Execute("UPDATE counters SET value = value + 1 WHERE name = 'sheet'");
        var next = connection.Number("SELECT value FROM counters WHERE name = 'sheet'");
        return next <= RecordLimits.SheetNumber
            ? (int)next
            : throw ApiRefusal.Conflict("sheets", $"A space can have {RecordLimits.SheetNumber} sheets in its life, and this one has had them. Create a new space.");
    }

    private static StoredSheet Row(SpaceRead read, SqliteDataReader row) =>
        new(new ResourceId(IdPrefix.Sheet, read.Folder.Number, row.GetInt64(0)), row.GetInt32(1), Wire.Parse(row.GetString(2)));
}
