using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Workbooks;

/// <summary><c>/workbooks</c>.</summary>
internal sealed class WorkbookEndpoints : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("workbooks.list", ListAsync);
        routes.Map("workbooks.create", CreateAsync);
        routes.Map("workbooks.get", GetAsync);
        routes.Map("workbooks.update", UpdateAsync);
        routes.Map("workbooks.delete", DeleteAsync);
    }

    /// <summary>Of one space, or of all spaces of the environment.</summary>
    private static async Task<Answer> ListAsync(ApiCall call)
    {
        var sheets = call.Flag("includeSheets") ?? true;
        var counts = call.Flag("includeCounts") ?? false;
        var found = new List<JsonObject>();
        foreach (var space in await call.SpacesAsync().ConfigureAwait(false))
        {
            found.AddRange(await call.ReadAsync(space, read => ResourceTable.Workbooks.List(read.Connection)
                .Where(workbook => Fits(call, workbook))
                .Select(workbook => WorkbookStore.View(read, workbook, sheets, counts))
                .ToList()).ConfigureAwait(false));
        }

        return Answer.List(found);
    }

    private static async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        if (given.Text("spaceId") is not { } spaceId)
        {
            throw ApiRefusal.Bad("spaceId", "A workbook is created in a space: give its 'spaceId'.");
        }

        call.SameEnvironment(given.Text("environmentId"));
        var space = await call.SpaceAsync(spaceId).ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            var id = WorkbookStore.Create(write, given);
            return Answer.Data(WorkbookStore.View(write, ResourceTable.Workbooks.Get(write.Connection, id), sheets: true, counts: false));
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> GetAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Workbooks, "workbookId").ConfigureAwait(false);
        return await call.ReadAsync(space, read => Answer.Data(
            WorkbookStore.View(read, ResourceTable.Workbooks.Get(read.Connection, id), sheets: true, counts: true))).ConfigureAwait(false);
    }

    private static async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Workbooks, "workbookId").ConfigureAwait(false);
        if (given.Text("spaceId") is { } other && other != space.Id)
        {
            throw ApiRefusal.Bad("spaceId", "A workbook stays in its space.");
        }

        return await call.WriteAsync(space, write =>
        {
            WorkbookStore.Update(write, id, given);
            return Answer.Data(WorkbookStore.View(write, ResourceTable.Workbooks.Get(write.Connection, id), sheets: true, counts: false));
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> DeleteAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Workbooks, "workbookId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            WorkbookStore.Delete(write, id);
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private static bool Fits(ApiCall call, JsonObject workbook) =>
        Fits(call.Query("name"), [workbook.Text("name")])
        && Fits(call.Query("namespace"), [workbook.Text("namespace")])
        && Fits(call.Query("label"), Texts(workbook, "labels"))
        && (call.Query("treatment") is not { } treatment || Texts(workbook, "treatments").Contains(treatment));

    /// <summary>A leading dash asks for those without the value.</summary>
    private static bool Fits(string? wanted, IEnumerable<string?> values) =>
        wanted is null || (wanted[0] == '-' ? !values.Contains(wanted[1..]) : values.Contains(wanted));

    private static IEnumerable<string?> Texts(JsonObject workbook, string member) =>
        (workbook[member] as JsonArray ?? []).Select(node => node?.ToString());
}
