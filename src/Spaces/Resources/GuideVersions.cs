using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;

namespace Flatfile.Spaces.Resources;

/// <summary>The versions of a guide: one for each state its blocks have had, oldest first.</summary>
internal sealed class GuideVersions(Places places) : IEndpoints
{
    private const string Prefix = "us_guv_";

    /// <inheritdoc />
    public void Map(ApiRoutes routes) => routes.Map("environments.getGuideVersion", GetAsync);

    /// <summary>The first version.</summary>
    public static void Begin(Stock stock, JsonObject guide)
    {
        guide["versions"] = new JsonArray(Version(stock, 1, guide["blocks"]));
        guide["environmentId"] = stock.EnvironmentId;
    }

    /// <summary>A further version, where the blocks change.</summary>
    public static void Next(Stock stock, JsonObject guide, JsonObject given)
    {
        if (given["blocks"] is { } blocks && !JsonNode.DeepEquals(blocks, guide["blocks"]))
        {
            var versions = (JsonArray)guide["versions"]!;
            versions.Add(Version(stock, versions.Count + 1, blocks));
        }
    }

    private static JsonNode Version(Stock stock, int number, JsonNode? blocks) => new JsonObject
    {
        ["id"] = RandomId.New(Prefix),
        ["version"] = number,
        ["content"] = Wire.Text(blocks!),
        ["createdAt"] = stock.Now,
        ["updatedAt"] = stock.Now,
    };

    private Task<Answer> GetAsync(ApiCall call) => places.Environment(call).ReadAsync(stock =>
    {
        var versions = (JsonArray)stock.Get(Kinds.Guides, call.Route("guideId"))["versions"]!;
        var wanted = call.Route("version");
        return Answer.Data(versions.FirstOrDefault(version => ((int)version!["version"]!).ToString(CultureInfo.InvariantCulture) == wanted)
            ?? throw ApiRefusal.NotFound("version of the guide", wanted));
    });
}
