using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Shapes;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Sheets;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Resources;

/// <summary><c>/analysis</c>: findings about fields of a sheet, as a client made them. This server finds nothing by itself.</summary>
internal sealed class AnalysisEndpoints : IEndpoints
{
    private const int PageSize = 100;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("analysis.list", ListAsync);
        routes.Map("analysis.create", CreateAsync);
        routes.Map("analysis.get", GetAsync);
        routes.Map("analysis.delete", DeleteAsync);
        routes.Map("analysis.deleteBySheet", DeleteAllAsync);
    }

    private static async Task<Answer> ListAsync(ApiCall call)
    {
        var fields = QueryList.Read(call, "fields");
        var page = call.Number("page", 1, int.MaxValue) ?? 1;
        var place = await PlaceAsync(call).ConfigureAwait(false);
        return await place.ReadAsync(stock => Answer.List(
            OfSheet(stock, call).Where(one => fields.Count == 0 || fields.Contains(one.Text("field")))
                .Skip((int)Math.Min((long)(page - 1) * PageSize, int.MaxValue)).Take(PageSize))).ConfigureAwait(false);
    }

    private static async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ShapeTable.Find("CreateAnalysisRequest").Require(given);
        call.SameEnvironment(given.Text("environmentId"));
        var place = await Places.OfIdAsync(call, IdPrefix.Sheet, "sheet", given.Text("sheetId")).ConfigureAwait(false);
        return await place.WriteAsync(stock =>
        {
            var sheet = Sheet(stock, given.Text("sheetId")!);
            RequirePlace(stock, sheet, given);
            return Answer.List(given["analyses"]!.AsArray().Select(one => Add(stock, sheet, one!.AsObject())).ToList());
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> GetAsync(ApiCall call)
    {
        var place = await PlaceAsync(call).ConfigureAwait(false);
        return await place.ReadAsync(stock => Answers.Both(Of(stock, call))).ConfigureAwait(false);
    }

    private static async Task<Answer> DeleteAsync(ApiCall call)
    {
        var place = await PlaceAsync(call).ConfigureAwait(false);
        return await place.WriteAsync(stock =>
        {
            stock.Delete(Kinds.Analyses, Of(stock, call).Text("id")!);
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> DeleteAllAsync(ApiCall call)
    {
        var place = await PlaceAsync(call).ConfigureAwait(false);
        return await place.WriteAsync(stock =>
        {
            var all = OfSheet(stock, call);
            all.ForEach(one => stock.Delete(Kinds.Analyses, one.Text("id")!));
            return Answers.Both(new JsonObject { ["deleted"] = all.Count });
        }).ConfigureAwait(false);
    }

    private static Task<Place> PlaceAsync(ApiCall call) => Places.OfQueryAsync(call, "sheetId", IdPrefix.Sheet, "sheet");

    private static StoredSheet Sheet(Stock stock, string id)
    {
        var read = ((SpaceStock)stock).Read;
        return SheetStore.Get(read, read.Own(ResourceTable.Sheets, id));
    }

    private static List<JsonObject> OfSheet(Stock stock, ApiCall call)
    {
        var sheet = Sheet(stock, call.Query("sheetId")!);
        return stock.List(Kinds.Analyses, sheet.Id.ToString());
    }

    private static JsonObject Of(Stock stock, ApiCall call) =>
        stock.Find(Kinds.Analyses, call.Route("analysisId")) is { } one && one.Text("sheetId") == call.Query("sheetId")
            ? one
            : throw ApiRefusal.NotFound(Kinds.Analyses.Noun, call.Route("analysisId"));

    private static void RequirePlace(Stock stock, StoredSheet sheet, JsonObject given)
    {
        var faults = new List<ApiFault>();
        foreach (var (member, real) in new[] { ("spaceId", stock.SpaceId), ("workbookId", sheet.Body.Text("workbookId")) })
        {
            if (given.Text(member) != real)
            {
                faults.Add(new ApiFault(member, $"The sheet {sheet.Id} is in {real}."));
            }
        }

        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }
    }

    private static JsonObject Add(Stock stock, StoredSheet sheet, JsonObject given)
    {
        var body = new JsonObject
        {
            ["id"] = stock.NewId(Kinds.Analyses),
            ["environmentId"] = stock.EnvironmentId,
            ["accountId"] = stock.AccountId,
            ["spaceId"] = stock.SpaceId,
            ["workbookId"] = sheet.Body.Text("workbookId"),
            ["sheetId"] = sheet.Id.ToString(),
            ["field"] = given.Text("field"),
            ["result"] = given.Copy("result"),
            ["createdAt"] = stock.Now,
            ["updatedAt"] = stock.Now,
        };
        stock.Insert(Kinds.Analyses, body, sheet.Id.ToString());
        return body;
    }
}
