using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary>Reading a space's guidance, where wanted with the guides of the environment it points to.</summary>
internal sealed class GuidanceEndpoints(Places places) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("spaces.listGuidance", ListAsync);
        routes.Map("spaces.getGuidance", GetAsync);
    }

    private async Task<Answer> ListAsync(ApiCall call)
    {
        var place = await Places.SpaceInPathAsync(call).ConfigureAwait(false);
        var all = await place.ReadAsync(stock => stock.List(Kinds.Guidance)).ConfigureAwait(false);
        await WithGuidesAsync(call, all).ConfigureAwait(false);
        return Answer.List(all);
    }

    private async Task<Answer> GetAsync(ApiCall call)
    {
        var place = await Places.SpaceInPathAsync(call).ConfigureAwait(false);
        var one = await place.ReadAsync(stock => stock.Get(Kinds.Guidance, call.Route("guidanceId"))).ConfigureAwait(false);
        await WithGuidesAsync(call, [one]).ConfigureAwait(false);
        return Answers.One(one, Bare.One);
    }

    private async Task WithGuidesAsync(ApiCall call, IReadOnlyList<JsonObject> all)
    {
        if (call.Flag("includeGuide") != true)
        {
            return;
        }

        var guides = await places.Environment(call).ReadAsync(stock => stock.List(Kinds.Guides)).ConfigureAwait(false);
        foreach (var one in all)
        {
            one["guide"] = guides.Find(guide => guide.Text("slug") == one.Text("guideSlug"))?.DeepClone();
        }
    }
}
