using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Sheets;

/// <summary><c>/sheets</c>, without their records.</summary>
internal sealed class SheetEndpoints : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("sheets.list", ListAsync);
        routes.Map("sheets.get", GetAsync);
        routes.Map("sheets.updateSheet", UpdateAsync);
        routes.Map("sheets.delete", DeleteAsync);
        routes.Map("sheets.addField", AddFieldAsync);
        routes.Map("sheets.removeField", RemoveFieldAsync);
        routes.Map("sheets.lockSheet", LockAsync);
        routes.Map("sheets.unlockSheet", UnlockAsync);
        routes.Map("sheets.duplicateSheet", DuplicateAsync);
    }

    private static async Task<Answer> ListAsync(ApiCall call)
    {
        if (call.Query("workbookId") is not { } workbookId)
        {
            throw ApiRefusal.Bad("workbookId", "'workbookId' names the workbook whose sheets are listed.");
        }

        var (space, id) = await call.SpaceOfIdAsync(IdPrefix.Workbook, "workbook", workbookId).ConfigureAwait(false);
        return await call.ReadAsync(space, read =>
        {
            ResourceTable.Workbooks.Get(read.Connection, id);
            return Answer.List(SheetStore.Of(read, id.Number).Select(sheet => SheetStore.View(read, sheet, counts: true)));
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> GetAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        return await call.ReadAsync(space, read => View(read, id)).ConfigureAwait(false);
    }

    /// <summary>Name, slug and metadata; the schema changes through its fields or its workbook.</summary>
    private static async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ApiCall.Typed(given, Api.FlatfileJson.Default.SheetUpdate);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        var update = new JsonObject();
        foreach (var member in new[] { "name", "slug", "metadata" })
        {
            if (given.ContainsKey(member))
            {
                update[member] = given.Copy(member);
            }
        }

        return await call.WriteAsync(space, write =>
        {
            Change(write, id, sheet => SheetPlan.Change(sheet, update, "sheet"));
            return View(write, id);
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> DeleteAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            Change(write, id, _ => null);
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> AddFieldAsync(ApiCall call)
    {
        var field = await call.ReadObjectAsync().ConfigureAwait(false);
        var at = call.Number("insertAtIndex", 0, int.MaxValue);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            Change(write, id, sheet => WithFields(sheet, fields => fields.Insert(Math.Min(at ?? fields.Count, fields.Count), field.DeepClone())));
            return Answer.Data(field);
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> RemoveFieldAsync(ApiCall call)
    {
        var key = call.Route("fieldKey");
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            Change(write, id, sheet => WithFields(sheet, fields =>
            {
                if (fields.RemoveAll(field => (field as JsonObject)?.Text("key") == key) == 0)
                {
                    throw ApiRefusal.NotFound("field", key);
                }
            }));
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private static Task<Answer> LockAsync(ApiCall call) => LockAsync(call, (write, sheet) =>
    {
        CheckLock(write, sheet);
        sheet.Body["lockedBy"] = write.ActorId;
        sheet.Body["lockedAt"] = write.NowText;
    });

    /// <summary>A lock is taken away by who set it, and by those who manage the space: its owner may be gone.</summary>
    private static Task<Answer> UnlockAsync(ApiCall call) => LockAsync(call, (write, sheet) =>
    {
        if (call.RoleIn(write.Folder) < Right.Admin)
        {
            CheckLock(write, sheet);
        }

        sheet.Body.Remove("lockedBy");
        sheet.Body.Remove("lockedAt");
    });

    private static void CheckLock(SpaceWrite write, StoredSheet sheet)
    {
        if (sheet.Body.Text("lockedBy") is { } owner && owner != write.ActorId)
        {
            throw ApiRefusal.Conflict(null, $"The sheet is locked by {owner} since {sheet.Body.Text("lockedAt")}.");
        }
    }

    private static async Task<Answer> LockAsync(ApiCall call, Action<SpaceWrite, StoredSheet> change)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            var sheet = SheetStore.Get(write, id);
            change(write, sheet);
            SheetStore.Store(write, sheet);
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> DuplicateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var faults = new[] { "name", "slug" }.Where(member => given[member] is not null && string.IsNullOrWhiteSpace(given.Text(member)))
            .Select(member => new ApiFault(member, $"'{member}' must be a text.")).ToList();
        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }

        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        return await call.WriteAsync(space, write => View(write, SheetDuplicate.Make(write, id, given.Text("name"), given.Text("slug")))).ConfigureAwait(false);
    }

    private static Answer View(SpaceRead read, ResourceId id) => Answer.Data(SheetStore.View(read, SheetStore.Get(read, id), counts: true));

    /// <summary>Changes one sheet beside the others of its workbook, which refer to it; no plan removes it.</summary>
    private static void Change(SpaceWrite write, ResourceId id, Func<StoredSheet, SheetPlan?> plan)
    {
        var workbook = SheetStore.WorkbookOf(write, SheetStore.Get(write, id));
        var before = SheetStore.Of(write, workbook.Number);
        SheetStore.Replace(write, workbook, before, [.. before.Select(sheet => sheet.Id == id ? plan(sheet) : SheetPlan.Keep(sheet)).OfType<SheetPlan>()]);
    }

    private static SheetPlan WithFields(StoredSheet sheet, Action<JsonArray> change)
    {
        var plan = SheetPlan.Keep(sheet) with { Place = "sheet" };
        change((JsonArray)plan.Config["fields"]!);
        return plan;
    }
}
