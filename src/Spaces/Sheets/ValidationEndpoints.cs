using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Sheets;

/// <summary><c>/sheets/{id}/validate</c>: the server's own checks run again, and hooks are told of every row.</summary>
internal sealed class ValidationEndpoints : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes) => routes.Map("sheets.validate", ValidateAsync);

    private static async Task<Answer> ValidateAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
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

            return Answer.Success;
        }).ConfigureAwait(false);
    }
}
