using System.Text;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Secrets;

/// <summary><c>/secrets</c>. Values leave this server only in these answers: not in events, not in logs, not in answers kept for repeats.</summary>
internal sealed class SecretEndpoints(CentralStore central) : IEndpoints
{
    private const int Longest = 1024;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("secrets.list", ListAsync);
        routes.Map("secrets.upsert", UpsertAsync);
        routes.Map("secrets.delete", DeleteAsync);
    }

    /// <summary>Those of the environment, then those of the space and the actor asked for: the special one comes after the general one.</summary>
    private async Task<Answer> ListAsync(ApiCall call)
    {
        call.SameEnvironment(call.Query("environmentId"));
        var space = call.Query("spaceId") is { } spaceId ? await call.SpaceAsync(spaceId).ConfigureAwait(false) : null;
        if (space is null)
        {
            call.WholeEnvironment();
        }

        // Those of the environment are not for who only sees the space.
        var (environment, general) = (call.Caller.EnvironmentId, call.Caller.SeesEnvironment);
        return Answer.List(await central.ReadAsync(
            connection => SecretStore.List(connection, environment, space?.Id, call.Query("actorId"), general), call.Cancelled).ConfigureAwait(false));
    }

    private static async Task<Answer> UpsertAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var name = Short(given, "name");
        var value = Short(given, "value");
        call.SameEnvironment(given.Text("environmentId"));
        var space = given.Text("spaceId") is { Length: > 0 } spaceId ? await call.SpaceAsync(spaceId).ConfigureAwait(false) : null;
        if (space is null)
        {
            call.WholeEnvironment();
        }

        var actor = given.Text("actorId") is { Length: > 0 } actorId ? actorId : null;
        return await call.WriteCentralAsync(
            change =>
            {
                var secret = SecretStore.Put(change, name, value, space?.Id, actor);
                return Answer.List([secret]).WithRecipe(Encoding.UTF8.GetBytes(secret.Text("id")!));
            },
            (change, id) => Answer.List(SecretStore.Find(change, Encoding.UTF8.GetString(id.Span)) is { } secret ? [secret] : Array.Empty<JsonNode>()))
            .ConfigureAwait(false);
    }

    private async Task<Answer> DeleteAsync(ApiCall call)
    {
        var id = call.Route("secretId");
        var place = await central.ReadAsync(connection => SecretStore.PlaceOf(connection, id), call.Cancelled).ConfigureAwait(false);
        if (place is null || !await call.ReachesAsync(place.Value.EnvironmentId, place.Value.SpaceId).ConfigureAwait(false))
        {
            throw ApiRefusal.NotFound("secret", id);
        }

        return await call.WriteCentralAsync(change =>
        {
            SecretStore.Delete(change, id);
            return Answer.List(Array.Empty<JsonNode>());
        }).ConfigureAwait(false);
    }

    private static string Short(JsonObject given, string member) =>
        given.Text(member) is { Length: > 0 and <= Longest } text
            ? text
            : throw ApiRefusal.Bad(member, $"A secret needs '{member}', a text of 1 to {Longest} characters.");
}
