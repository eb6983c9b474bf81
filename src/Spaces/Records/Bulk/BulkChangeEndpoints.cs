using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary>Changing the rows of a selection by one call: find and replace, the same cells for all, and the reserved id of a change to come.</summary>
internal sealed class BulkChangeEndpoints : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("records.findAndReplace", ReplaceAsync);
        routes.Map("records.bulkUpdate", UpdateAsync);
        routes.Map("versions.createId", ReserveAsync);
        routes.Map("jobs.previewMutation", _ => throw MutateRecordsJob.Refused());
    }

    private static async Task<Answer> ReplaceAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        return await ChangeAsync(call, schema => new CellReplacement(schema, given), isSilent: false).ConfigureAwait(false);
    }

    private static async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        return await ChangeAsync(call, schema => new CellSetting(schema, given["fieldUpdates"]), call.Flag("silent") == true).ConfigureAwait(false);
    }

    private static async Task<Answer> ChangeAsync(ApiCall call, Func<SheetSchema, IRowChange> what, bool isSilent)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            var sheet = SheetOfCall.Find(write, id).Writable(write);
            var before = RecordTables.Counts(write.Connection, sheet.Sheet.Records);
            var commit = write.NewId(IdPrefix.Commit);
            var result = RecordCall.Run(() => BulkChange.Run(
                write.Connection, sheet.Schema, RecordCall.Query(call, write), what(sheet.Schema), UpdateStamp.New(commit.Number)));
            return RecordNews.Version(RecordNews.Commit(write, sheet, commit, result, before, isSilent: isSilent));
        }).ConfigureAwait(false);
    }

    /// <summary>Gives an id that no other change will get.</summary>
    private static async Task<Answer> ReserveAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var sheetId = given.Text("sheetId");
        var parentId = given.Text("parentVersionId");
        if (sheetId is null && parentId is null)
        {
            throw ApiRefusal.Bad("sheetId", "'sheetId' or 'parentVersionId' says where the change will be.");
        }

        var (space, id) = sheetId is null
            ? await call.SpaceOfIdAsync(IdPrefix.Commit, "commit", parentId).ConfigureAwait(false)
            : await call.SpaceOfIdAsync(IdPrefix.Sheet, "sheet", sheetId).ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            (sheetId is null ? ResourceTable.Commits : ResourceTable.Sheets).Get(write.Connection, id);
            if (parentId is not null)
            {
                ResourceTable.Commits.Get(write.Connection, write.Own(ResourceTable.Commits, parentId));
            }

            return RecordNews.Version(write.NewId(IdPrefix.Commit).ToString());
        }).ConfigureAwait(false);
    }
}
