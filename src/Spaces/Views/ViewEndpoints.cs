using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Views;

/// <summary><c>/views</c>: selections of a sheet's rows that have a name.</summary>
internal sealed class ViewEndpoints : IEndpoints
{
    private const int DefaultPage = 10;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("views.list", ListAsync);
        routes.Map("views.create", CreateAsync);
        routes.Map("views.get", GetAsync);
        routes.Map("views.update", UpdateAsync);
        routes.Map("views.delete", DeleteAsync);
    }

    private static async Task<Answer> ListAsync(ApiCall call)
    {
        var sheetId = call.Query("sheetId") ?? throw ApiRefusal.Bad("sheetId", "'sheetId' names the sheet whose views are listed.");
        var page = PageQuery.Read(call, DefaultPage);
        var (space, id) = await call.SpaceOfIdAsync(IdPrefix.Sheet, "sheet", sheetId).ConfigureAwait(false);
        return await call.ReadAsync(space, read =>
        {
            ResourceTable.Sheets.Get(read.Connection, id);
            var all = ResourceTable.Views.List(read.Connection, id.Number);
            return Answer.List(all.Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size), page, all.Count);
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var faults = new List<ApiFault>();
        foreach (var (member, why) in new[] { ("sheetId", "names the sheet the view is of"), ("name", "is the view's name") })
        {
            if (string.IsNullOrWhiteSpace(given.Text(member)))
            {
                faults.Add(new ApiFault(member, $"'{member}' {why}; a text."));
            }
        }

        faults.AddRange(ViewConfigCheck.Form(given, isMandatory: true));
        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }

        var (space, sheet) = await call.SpaceOfIdAsync(IdPrefix.Sheet, "sheet", given.Text("sheetId")).ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            var config = (JsonObject)given["config"]!.DeepClone();
            ViewConfigCheck.Run(write, sheet, config);
            var id = write.NewId(IdPrefix.View);
            var view = new JsonObject
            {
                ["id"] = id.ToString(),
                ["sheetId"] = sheet.ToString(),
                ["name"] = given.Text("name"),
                ["config"] = config,
                ["createdBy"] = write.ActorId,
            };
            ResourceTable.Views.Insert(write.Connection, id, view, parent: sheet.Number);
            return Answer.Data(view);
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> GetAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Views, "viewId").ConfigureAwait(false);
        return await call.ReadAsync(space, read => Answer.Data(ResourceTable.Views.Get(read.Connection, id))).ConfigureAwait(false);
    }

    /// <summary>A name, a whole new selection, or both; null on either means that it stays.</summary>
    private static async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var faults = ViewConfigCheck.Form(given, isMandatory: false).ToList();
        if (given["name"] is not null && string.IsNullOrWhiteSpace(given.Text("name")))
        {
            faults.Add(new ApiFault("name", "'name' is the view's name; a text."));
        }

        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }

        var (space, id) = await call.SpaceOfAsync(ResourceTable.Views, "viewId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            var view = ResourceTable.Views.Get(write.Connection, id);
            if (given["config"] is JsonObject config)
            {
                ViewConfigCheck.Run(write, write.Own(ResourceTable.Sheets, view.Text("sheetId")), config);
                view["config"] = config.DeepClone();
            }

            view["name"] = given.Text("name") ?? view.Text("name");
            ResourceTable.Views.Update(write.Connection, id, view);
            return Answer.Data(view);
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> DeleteAsync(ApiCall call)
    {
        var (space, id) = await call.SpaceOfAsync(ResourceTable.Views, "viewId").ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            ResourceTable.Views.Delete(write.Connection, id);
            return Answer.Success;
        }).ConfigureAwait(false);
    }
}
