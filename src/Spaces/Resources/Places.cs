using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Resources;

/// <summary>The ways from a call to where its resources are kept. Spaces are reached through the call, which checks the caller's right there.</summary>
internal sealed class Places(CentralStore central)
{
    /// <summary>The environment the query, the path or the body names; by default the caller's.</summary>
    public Place Environment(ApiCall call, JsonObject? given = null)
    {
        var named = call.Route("environmentId") is { Length: > 0 } inPath ? inPath : call.Query("environmentId") ?? given?.Text("environmentId");
        if (named is not null && given?.Text("environmentId") is { } inBody && inBody != named)
        {
            throw ApiRefusal.Bad("environmentId", $"The address names the environment '{named}', the body '{inBody}'.");
        }

        call.SameEnvironment(named);
        return new EnvironmentPlace(call, central);
    }

    /// <summary>The environment of a body that names its account, environment and space: each must be one the caller can see.</summary>
    public async Task<Place> EnvironmentOfBodyAsync(ApiCall call, JsonObject given)
    {
        if (given.Text("accountId") is { } account && account != call.Caller.AccountId)
        {
            throw ApiRefusal.NotFound("account", account);
        }

        var place = Environment(call, given);
        if (given.Text("spaceId") is { } space)
        {
            await call.SpaceAsync(space).ConfigureAwait(false);
        }

        return place;
    }

    /// <summary>The space in the path.</summary>
    public static async Task<Place> SpaceInPathAsync(ApiCall call) =>
        new SpacePlace(call, await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false));

    /// <summary>The space of an id in the path.</summary>
    public static Task<Place> OfPathAsync(ApiCall call, Kind kind, string route) => OfIdAsync(call, kind.Prefix, kind.Noun, call.Route(route));

    /// <summary>The space of an id; 404 when it leads to none the caller can see.</summary>
    public static async Task<Place> OfIdAsync(ApiCall call, string prefix, string noun, string? id) =>
        new SpacePlace(call, (await call.SpaceOfIdAsync(prefix, noun, id).ConfigureAwait(false)).Space);

    /// <summary>The space of any id.</summary>
    public static Task<Place> OfAnyAsync(ApiCall call, string id) => OfIdAsync(call, AnyId.PrefixOf(id), "resource", id);

    /// <summary>The space of a mandatory parameter of the query.</summary>
    public static async Task<Place> OfQueryAsync(ApiCall call, string name, string prefix, string noun) =>
        await OfIdAsync(call, prefix, noun, Needed(call, name)).ConfigureAwait(false);

    /// <summary>The spaces a list without a space of its own goes through.</summary>
    public static async Task<IReadOnlyList<Place>> AllAsync(ApiCall call)
    {
        call.SameEnvironment(call.Query("environmentId"));
        return [.. (await call.SpacesAsync().ConfigureAwait(false)).Select(space => new SpacePlace(call, space))];
    }

    /// <summary>A parameter that must be given; otherwise 400.</summary>
    public static string Needed(ApiCall call, string name) =>
        call.Query(name) ?? throw ApiRefusal.Bad(name, $"'{name}' is missing in the query.");

    /// <summary>The space whose id the query must give.</summary>
    public static async Task<Place> SpaceInQueryAsync(ApiCall call) =>
        new SpacePlace(call, await call.SpaceAsync(Needed(call, "spaceId")).ConfigureAwait(false));
}
