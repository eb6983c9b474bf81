using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Sheets;

/// <summary><c>/sheets/{id}/validate</c>, and a whole workbook's <c>/rebuild</c>: the server's own checks run again, and hooks are told of every row.</summary>
internal sealed class ValidationEndpoints : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("sheets.validate", ValidateAsync);
        routes.Map("workbooks.rebuildWorkbook", RebuildAsync);
    }

    private static async Task<Answer> ValidateAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            Validate(write, id);
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    /// <summary>All that is derived from rows is made anew, sheet by sheet.</summary>
    private static async Task<Answer> RebuildAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Workbooks, "workbookId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            ResourceTable.Workbooks.Get(write.Connection, id);
            foreach (var sheet in SheetStore.Of(write, id.Number))
            {
                Validate(write, sheet.Id);
            }

            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private static void Validate(SpaceWrite write, ResourceId id)
    {
        var sheet = SheetOfCall.Find(write, id).Writable(write);
        var commit = write.NewId(IdPrefix.Commit);
        var rows = WholeSheet.Validate(write.Connection, sheet.Schema, commit.Number);
        SheetStore.Announce(write, Topics.SheetUpdated, sheet.Sheet);
        if (rows > 0)
        {
            Commits.Create(write, sheet, commit, rows, () => { });
        }

        if (rows == 0 || sheet.TracksChanges)
        {
            Commits.AnnounceValidated(write, sheet);
        }
    }
}
