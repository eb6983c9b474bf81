using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Documents;

/// <summary><c>/spaces/{spaceId}/documents</c>.</summary>
internal sealed class DocumentEndpoints : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("documents.list", ListAsync);
        routes.Map("documents.create", CreateAsync);
        routes.Map("documents.get", GetAsync);
        routes.Map("documents.update", UpdateAsync);
        routes.Map("documents.delete", DeleteAsync);
    }

    private static async Task<Answer> ListAsync(ApiCall call)
    {
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        return await call.ReadAsync(space, read => Answer.List(ResourceTable.Documents.List(read.Connection))).ConfigureAwait(false);
    }

    private static async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        return await call.WriteAsync(space, write => Answer.Data(DocumentStore.Create(write, given))).ConfigureAwait(false);
    }

    private static async Task<Answer> GetAsync(ApiCall call)
    {
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        return await call.ReadAsync(space, read => Answer.Data(ResourceTable.Documents.Get(read.Connection, IdOf(call, read)))).ConfigureAwait(false);
    }

    private static async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        return await call.WriteAsync(space, write => Answer.Data(DocumentStore.Update(write, IdOf(call, write), given))).ConfigureAwait(false);
    }

    private static async Task<Answer> DeleteAsync(ApiCall call)
    {
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            DocumentStore.Delete(write, IdOf(call, write));
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private static ResourceId IdOf(ApiCall call, SpaceRead read) => read.Own(ResourceTable.Documents, call.Route("documentId"));
}
