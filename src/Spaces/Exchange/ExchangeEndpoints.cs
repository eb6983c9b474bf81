using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Exchange;

/// <summary>A space as one file, out and in.</summary>
internal sealed class ExchangeEndpoints(SpaceExport export, SpaceImport import) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("spaces.export", ExportAsync);
        routes.Map("spaces.import", import.TakeAsync);
    }

    private async Task<Answer> ExportAsync(ApiCall call)
    {
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        return await export.OpenAsync(space, call.Cancelled).ConfigureAwait(false);
    }
}
