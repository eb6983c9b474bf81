using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary>Answers the operations of every <see cref="StoredResource"/>.</summary>
internal sealed class StoredEndpoints(Places places) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        foreach (var resource in StoredResources.All)
        {
            Map(routes, resource.List, call => ListAsync(call, resource));
            Map(routes, resource.Create, call => CreateAsync(call, resource));
            Map(routes, resource.Get, call => GetAsync(call, resource));
            Map(routes, resource.GetToo, call => GetAsync(call, resource));
            Map(routes, resource.Update, call => UpdateAsync(call, resource));
            Map(routes, resource.Delete, call => DeleteAsync(call, resource));
        }
    }

    private static void Map(ApiRoutes routes, string? name, Func<ApiCall, Task<Answer>> handle)
    {
        if (name is not null)
        {
            routes.Map(name, handle);
        }
    }

    private async Task<Answer> ListAsync(ApiCall call, StoredResource resource)
    {
        var page = resource.PageSize is { } size ? PageQuery.Read(call, size) : null;
        var tests = resource.Filters.Select(filter => filter(call)).OfType<Func<JsonObject, bool>>().ToList();
        var found = new List<JsonObject>();
        foreach (var place in await resource.Lists(places, call).ConfigureAwait(false))
        {
            found.AddRange(await place.ReadAsync(stock =>
                stock.List(resource.Kind, resource.Parent?.Invoke(stock, call, null)).Where(body => tests.TrueForAll(test => test(body)))
                    .Select(body => resource.View(stock, body)).ToList()).ConfigureAwait(false));
        }

        var shown = page is null ? found : found.Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size).ToList();
        return Answers.Many(shown, resource.Bare, resource.SaysPage ? page : null, found.Count);
    }

    private async Task<Answer> CreateAsync(ApiCall call, StoredResource resource)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        if (resource.ParentMember is { } member && call.Route(member) is { Length: > 0 } parent)
        {
            given.TryAdd(member, parent);
        }

        resource.New!.Require(given);
        var place = resource.Creates is null
            ? (await resource.Lists(places, call).ConfigureAwait(false))[0]
            : await resource.Creates(places, call, given).ConfigureAwait(false);
        return await place.WriteAsync(stock => Answers.One(resource.View(stock, StoredChange.Create(stock, call, resource, given)), resource.Bare)).ConfigureAwait(false);
    }

    private async Task<Answer> GetAsync(ApiCall call, StoredResource resource)
    {
        var place = await PlaceAsync(call, resource).ConfigureAwait(false);
        return await place.ReadAsync(stock => Answers.One(resource.View(stock, StoredChange.Of(stock, call, resource)), resource.Bare)).ConfigureAwait(false);
    }

    private async Task<Answer> UpdateAsync(ApiCall call, StoredResource resource)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        (resource.Changed ?? resource.New!).Require(given, partial: !resource.Whole);
        var place = await PlaceAsync(call, resource).ConfigureAwait(false);
        return await place.WriteAsync(stock => Answers.One(resource.View(stock, StoredChange.Update(stock, call, resource, given)), resource.Bare)).ConfigureAwait(false);
    }

    private async Task<Answer> DeleteAsync(ApiCall call, StoredResource resource)
    {
        var place = await PlaceAsync(call, resource).ConfigureAwait(false);
        return await place.WriteAsync(stock =>
        {
            StoredChange.Delete(stock, call, resource);
            return Answers.Done(resource.Bare);
        }).ConfigureAwait(false);
    }

    private async Task<Place> PlaceAsync(ApiCall call, StoredResource resource) =>
        resource.Holds is null ? (await resource.Lists(places, call).ConfigureAwait(false))[0] : await resource.Holds(places, call).ConfigureAwait(false);
}
