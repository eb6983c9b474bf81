using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;

namespace Flatfile.Spaces.Resources;

/// <summary><c>/entitlements</c>: what an account has bought on top. There is nothing to buy here, so the list is empty.</summary>
internal sealed class EntitlementEndpoints(Places places) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes) => routes.Map("entitlements.list", ListAsync);

    private async Task<Answer> ListAsync(ApiCall call)
    {
        var id = Places.Needed(call, "resourceId");
        switch (AnyId.PrefixOf(id))
        {
            case IdPrefix.Account when id == call.Caller.AccountId:
                break;
            case IdPrefix.Environment:
                places.Environment(call, new JsonObject { ["environmentId"] = id });
                break;
            default:
                await Places.OfAnyAsync(call, id).ConfigureAwait(false);
                break;
        }

        return Answer.List(Array.Empty<JsonNode>());
    }
}
