using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Shapes;

namespace Flatfile.Spaces.Resources;

/// <summary><c>/transformations</c>: changes of records, remembered by the keys they worked on, and found again by keys that are much the same.</summary>
internal sealed class TransformationEndpoints(Places places) : IEndpoints
{
    private const int PageSize = 100;
    private const double DefaultOverlap = 0.8;

    private static readonly Shape Form = ShapeTable.Find("TransformationCreateDto");

    private static readonly BodyMerge Rules = new(
        Form.Mandatory,
        new HashSet<string>(["id", "accountId", "environmentId", "createdAt", "updatedAt", "usageCount", "lastExecuted"], StringComparer.Ordinal));

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("transformations.list", ListAsync);
        routes.Map("transformations.create", CreateAsync);
        routes.Map("transformations.update", UpdateAsync);
        routes.Map("transformations.delete", DeleteAsync);
    }

    /// <summary>Those of an app whose keys overlap the given ones enough (Jaccard), best first, and hold all of the further ones.</summary>
    private async Task<Answer> ListAsync(ApiCall call)
    {
        var app = Places.Needed(call, "appId");
        Places.Needed(call, "matchKeys");
        var match = QueryList.Read(call, "matchKeys").ToHashSet(StringComparer.Ordinal);
        var filter = QueryList.Read(call, "filterKeys");
        var page = call.Number("page", 1, int.MaxValue) ?? 1;
        var overlap = Overlap(call);
        var found = await places.Environment(call).ReadAsync(stock => stock.List(Kinds.Transformations)
            .Where(one => one.Text("appId") == app)
            .Select(one => (Body: one, Keys: Keys(one)))
            .Where(one => filter.All(one.Keys.Contains))
            .Select(one => (one.Body, Likeness: Likeness(one.Keys, match)))
            .Where(one => one.Likeness >= overlap)
            .OrderByDescending(one => one.Likeness)
            .Select(one => one.Body)
            .ToList()).ConfigureAwait(false);
        return Both(new JsonArray([.. found.Skip((int)Math.Min((long)(page - 1) * PageSize, int.MaxValue)).Take(PageSize)]));
    }

    private async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        Form.Require(given);
        var place = await places.EnvironmentOfBodyAsync(call, given).ConfigureAwait(false);
        return await place.WriteAsync(stock =>
        {
            var body = new JsonObject
            {
                ["id"] = stock.NewId(Kinds.Transformations),
                ["accountId"] = stock.AccountId,
                ["environmentId"] = stock.EnvironmentId,
                ["solvedErrorMessages"] = new JsonArray(),
                ["usageCount"] = 0,
                ["createdAt"] = stock.Now,
                ["updatedAt"] = stock.Now,
            };
            BodyMerge.Into(body, given, Rules);
            stock.Insert(Kinds.Transformations, body);
            return Both(body);
        }).ConfigureAwait(false);
    }

    private async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        Form.Require(given);
        var place = await places.EnvironmentOfBodyAsync(call, given).ConfigureAwait(false);
        return await place.WriteAsync(stock =>
        {
            var body = stock.Get(Kinds.Transformations, call.Route("transformationId"));
            BodyMerge.Into(body, given, Rules);
            body["updatedAt"] = stock.Now;
            stock.Update(Kinds.Transformations, body);
            return Both(body);
        }).ConfigureAwait(false);
    }

    private Task<Answer> DeleteAsync(ApiCall call) => places.Environment(call).WriteAsync(stock =>
    {
        stock.Delete(Kinds.Transformations, call.Route("transformationId"));
        return Answer.Success;
    });

    private static double Overlap(ApiCall call) => call.Query("overlap") switch
    {
        null => DefaultOverlap,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1 => value,
        _ => throw ApiRefusal.Bad("overlap", "'overlap' must be a number from 0 to 1."),
    };

    private static HashSet<string> Keys(JsonObject body) =>
        [.. (body["keys"] as JsonArray ?? []).Select(key => key?.ToString() ?? "")];

    private static double Likeness(HashSet<string> keys, HashSet<string> match)
    {
        var shared = keys.Count(match.Contains);
        var all = keys.Count + match.Count - shared;
        return all == 0 ? 1 : (double)shared / all;
    }

    private static Answer Both(JsonNode data) => Answer.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("success", true);
        writer.WritePropertyName("data");
        data.WriteTo(writer);
        writer.WriteEndObject();
    });
}
