using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary><c>/actions/bulk</c>: several actions at once, all or none.</summary>
internal sealed class ActionEndpoints : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes) => routes.Map("actions.bulkCreate", CreateAsync);

    private static async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadArrayAsync().ConfigureAwait(false);
        StoredResources.Actions.New!.Require(given);
        var place = await Places.SpaceInQueryAsync(call).ConfigureAwait(false);
        return await place.WriteAsync(stock => Answers.Many(
            [.. given.Select(one => StoredChange.Create(stock, call, StoredResources.Actions, one!.AsObject()))], Bare.List)).ConfigureAwait(false);
    }
}
