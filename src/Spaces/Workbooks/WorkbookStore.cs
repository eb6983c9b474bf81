using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Workbooks;

/// <summary>Workbooks, each changed together with its sheets.</summary>
internal static class WorkbookStore
{
    /// <summary>Creates a workbook and its sheets, in the order given.</summary>
    public static ResourceId Create(SpaceWrite write, JsonObject given)
    {
        Check(given, FlatfileJson.Default.WorkbookConfig);
        if (string.IsNullOrWhiteSpace(given.Text("name")))
        {
            throw ApiRefusal.Bad("name", "A workbook needs a 'name'.");
        }

        var id = write.NewId(IdPrefix.Workbook);
        var body = new JsonObject
        {
            ["id"] = id.ToString(),
            ["spaceId"] = write.SpaceId,
            ["environmentId"] = write.Folder.EnvironmentId,
            ["labels"] = new JsonArray(),
            ["storageStrategy"] = "QUICKSTORE",
        };
        Merge(body, given);
        body["createdAt"] = write.NowText;
        body["updatedAt"] = write.NowText;
        ResourceTable.Workbooks.Insert(write.Connection, id, body);
        Announce(write, Topics.WorkbookCreated, id);
        SheetStore.Replace(write, id, [], SheetMerge.Plan([], given["sheets"] as JsonArray));
        return id;
    }

    /// <summary>Changes the members present; sheets are matched by id, else by slug, and those not mentioned stay.</summary>
    public static void Update(SpaceWrite write, ResourceId id, JsonObject given)
    {
        Check(given, FlatfileJson.Default.WorkbookUpdate);
        var body = ResourceTable.Workbooks.Get(write.Connection, id);
        Merge(body, given);
        if (string.IsNullOrWhiteSpace(body.Text("name")))
        {
            throw ApiRefusal.Bad("name", "'name' must not be empty.");
        }

        body["updatedAt"] = write.NowText;
        ResourceTable.Workbooks.Update(write.Connection, id, body);
        if (given["sheets"] is JsonArray sheets)
        {
            var before = SheetStore.Of(write, id.Number);
            SheetStore.Replace(write, id, before, SheetMerge.Plan(before, sheets));
        }

        Announce(write, Topics.WorkbookUpdated, id);
    }

    /// <summary>Deletes a workbook with its sheets and their records.</summary>
    public static void Delete(SpaceWrite write, ResourceId id)
    {
        ResourceTable.Workbooks.Get(write.Connection, id);
        SheetStore.Replace(write, id, SheetStore.Of(write, id.Number), []);
        Announce(write, Topics.WorkbookDeleted, id);
        ResourceTable.Workbooks.Delete(write.Connection, id);
        var space = write.Space;
        if (space.Text("primaryWorkbookId") == id.ToString())
        {
            space.Remove("primaryWorkbookId");
            write.StoreSpace(space);
        }
    }

    /// <summary>A workbook as it is answered.</summary>
    public static JsonObject View(SpaceRead read, JsonObject body, bool sheets, bool counts)
    {
        if (sheets)
        {
            var id = read.Own(ResourceTable.Workbooks, body.Text("id"));
            body["sheets"] = new JsonArray([.. SheetStore.Of(read, id.Number).Select(sheet => (JsonNode)SheetStore.View(read, sheet, counts))]);
        }

        return body;
    }

    /// <summary>The workbook's own members; its sheets have their own check, which names all faults.</summary>
    private static void Check<T>(JsonObject given, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        if (given["sheets"] is not (null or JsonArray))
        {
            throw ApiRefusal.Bad("sheets", "'sheets' must be a list.");
        }

        var own = (JsonObject)given.DeepClone();
        own.Remove("sheets");
        ApiCall.Typed(own, type);
    }

    /// <summary>Labels are never missing: clients look for one without asking whether there are any.</summary>
    private static void Merge(JsonObject body, JsonObject given)
    {
        BodyMerge.Into(body, given, BodyMerge.Workbook);
        body["labels"] ??= new JsonArray();
    }

    private static void Announce(SpaceWrite write, string topic, ResourceId id) => write.Emit(new NewEvent(topic, "workbook")
    {
        Context = new JsonObject { ["workbookId"] = id.ToString() },
        Origin = new JsonObject { ["id"] = id.ToString() },
    });
}
