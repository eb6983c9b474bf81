using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Shapes;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;
using Flatfile.Spaces.Workbooks;

namespace Flatfile.Spaces.Resources;

/// <summary>
/// <c>/data-clips</c>: some rows of a sheet, copied into a sheet of a workbook of their own. How differences between the two are told and settled is
/// not public, so resolutions are not built.
/// </summary>
internal sealed class DataClipEndpoints : IEndpoints
{
    private static readonly ResourceFilter[] Narrow = [Filters.Same("sheetId", "sourceSheetId"), Filters.Same("status")];

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("dataClips.create", CreateAsync);
        routes.Map("dataClips.list", ListAsync);
        routes.Map("dataClips.addRecordsToClip", AddRecordsAsync);
        routes.Map("dataClips.delete", DeleteAsync);
    }

    /// <summary>What is announced of a clip.</summary>
    public static Events.NewEvent News(JsonObject clip, string topic) => new(topic, "data-clip")
    {
        Context = new JsonObject { ["dataClipId"] = clip.Text("id"), ["workbookId"] = clip.Text("workbookId"), ["sheetId"] = clip.Text("sourceSheetId") },
        Origin = new JsonObject { ["id"] = clip.Text("id") },
    };

    private static async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ShapeTable.Find("CreateDataClipRequest").Require(given);
        var place = await Places.OfIdAsync(call, IdPrefix.Sheet, "sheet", given.Text("sourceSheetId")).ConfigureAwait(false);
        return await place.WriteAsync(stock =>
        {
            var write = ((SpaceStock)stock).Write;
            var source = SheetOfCall.Find(write, write.Own(ResourceTable.Sheets, given.Text("sourceSheetId")));
            var workbook = WorkbookStore.Create(write, new JsonObject
            {
                ["name"] = $"[clip] {given.Text("name")}",
                ["labels"] = new JsonArray("clip"),
                ["sheets"] = new JsonArray(DataClipSheet.Config(source.Sheet.Config)),
            });
            var sheet = Sheets.SheetStore.Of(write, workbook.Number)[0];
            var clip = new JsonObject { ["id"] = stock.NewId(Kinds.DataClips) };
            BodyMerge.Into(clip, given, new BodyMerge(new HashSet<string>(), new HashSet<string>(["id"], StringComparer.Ordinal)));
            clip["clipSheetId"] = sheet.Id.ToString();
            clip["workbookId"] = workbook.ToString();
            clip["status"] = "open";
            clip["createdBy"] = stock.ActorId;
            clip["createdAt"] = stock.Now;
            clip["updatedAt"] = stock.Now;
            stock.Insert(Kinds.DataClips, clip, workbook.ToString());
            stock.Emit(News(clip, Topics.DataClipCreated));
            return Answers.Both(clip);
        }).ConfigureAwait(false);
    }

    /// <summary>Each item of the list has an envelope of its own, as the types say.</summary>
    private static async Task<Answer> ListAsync(ApiCall call)
    {
        var tests = Narrow.Select(filter => filter(call)).OfType<Func<JsonObject, bool>>().ToList();
        var found = new List<JsonObject>();
        foreach (var place in await Places.AllAsync(call).ConfigureAwait(false))
        {
            found.AddRange(await place.ReadAsync(stock => stock.List(Kinds.DataClips).Where(clip => tests.TrueForAll(test => test(clip))).ToList()).ConfigureAwait(false));
        }

        return Answer.List(found.Select(clip => new JsonObject { ["data"] = clip }));
    }

    private static async Task<Answer> AddRecordsAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ShapeTable.Find("AddRecordsToClipRequest").Require(given);
        var ids = given["recordIds"]!.AsArray().Select(id => (string)id!).Distinct().ToList();
        if (ids.Count is 0 or > RecordLimits.DefaultPageSize)
        {
            throw ApiRefusal.Bad("recordIds", $"'recordIds' must name 1 to {RecordLimits.DefaultPageSize} records.");
        }

        var place = await Places.OfPathAsync(call, Kinds.DataClips, "dataClipId").ConfigureAwait(false);
        return await place.WriteAsync(stock =>
        {
            var clip = stock.Get(Kinds.DataClips, call.Route("dataClipId"));
            var records = DataClipSheet.Copy(((SpaceStock)stock).Write, clip, ids);
            clip["updatedAt"] = stock.Now;
            stock.Update(Kinds.DataClips, clip);
            stock.Emit(News(clip, Topics.DataClipUpdated));
            return Answers.Both(records);
        }).ConfigureAwait(false);
    }

    /// <summary>The clip goes with its workbook.</summary>
    private static async Task<Answer> DeleteAsync(ApiCall call)
    {
        var place = await Places.OfPathAsync(call, Kinds.DataClips, "dataClipId").ConfigureAwait(false);
        return await place.WriteAsync(stock =>
        {
            var write = ((SpaceStock)stock).Write;
            var clip = stock.Get(Kinds.DataClips, call.Route("dataClipId"));
            stock.Delete(Kinds.DataClips, clip.Text("id")!);
            WorkbookStore.Delete(write, write.Own(ResourceTable.Workbooks, clip.Text("workbookId")));
            stock.Emit(News(clip, Topics.DataClipDeleted));
            return Answer.Success;
        }).ConfigureAwait(false);
    }
}
