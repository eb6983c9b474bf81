using Flatfile.Spaces.Http;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Records;

/// <summary><c>/commits</c>, and the commits of sheets and workbooks.</summary>
internal sealed class CommitEndpoints : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("commits.get", GetAsync);
        routes.Map("commits.complete", CompleteAsync);
        routes.Map("commits.replay", ReplayAsync);
        routes.Map("sheets.getSheetCommits", OfSheetAsync);
        routes.Map("workbooks.getWorkbookCommits", OfWorkbookAsync);
    }

    private static async Task<Answer> GetAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Commits, "commitId").ConfigureAwait(false);
        return await call.ReadAsync(space, read => Answer.Data(ResourceTable.Commits.Get(read.Connection, id))).ConfigureAwait(false);
    }

    private static async Task<Answer> CompleteAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Commits, "commitId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            Commits.Complete(write, id);
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> ReplayAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Commits, "commitId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            var body = ResourceTable.Commits.Get(write.Connection, id);
            var sheet = SheetOfCall.Find(write, write.Own(ResourceTable.Sheets, body.Text("sheetId")));
            Commits.AnnounceCreated(write, sheet, id.ToString(), body["recordCount"]?.GetValue<long>() ?? 0);
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> OfSheetAsync(ApiCall call)
    {
        var completed = call.Flag("completed");
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Sheets, "sheetId").ConfigureAwait(false);
        return await call.ReadAsync(space, read =>
        {
            SheetStore.Get(read, id);
            return Answer.List(Commits.List(read, [id.Number], completed));
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> OfWorkbookAsync(ApiCall call)
    {
        var completed = call.Flag("completed");
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Workbooks, "workbookId").ConfigureAwait(false);
        return await call.ReadAsync(space, read =>
        {
            ResourceTable.Workbooks.Get(read.Connection, id);
            return Answer.List(Commits.List(read, SheetStore.Of(read, id.Number).Select(sheet => sheet.Id.Number), completed));
        }).ConfigureAwait(false);
    }
}
