using System.Text.Json.Nodes;
using Flatfile.Spaces.Environments;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Auth;

/// <summary><c>/auth/api-key(s)</c>.</summary>
internal sealed class KeyEndpoints(CentralStore central, KeyRing ring, PublishableKey publishable) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("auth.getApiKeys", ListAsync);
        routes.Map("auth.getPublishableKey", PublishableAsync);
        routes.Map("auth.createNewApiKey", CreateAsync);
        routes.Map("auth.deleteApiKey", DeleteAsync);
    }

    private async Task<Answer> ListAsync(ApiCall call)
    {
        var environment = Environment(call);
        return Answer.List(await central.ReadAsync(
            connection => connection.Rows(
                "SELECT body FROM keys WHERE environment = $environment ORDER BY id", row => Wire.Parse(row.GetString(0)), ("$environment", environment)),
            call.Cancelled).ConfigureAwait(false));
    }

    /// <summary>The environment's newest; the first one is made when it is asked for.</summary>
    private async Task<Answer> PublishableAsync(ApiCall call)
    {
        var environment = Environment(call);
        var found = await central.ReadAsync(connection => Publishable(connection, environment), call.Cancelled).ConfigureAwait(false);
        if (found is null)
        {
            found = await central.WriteAsync(
                call.Caller,
                change => Publishable(change.Connection, environment)
                    ?? KeyStore.Add(change, Known(change, environment), id => SecretKey.Hash(publishable.Of(id)), publishable: true),
                call.Cancelled).ConfigureAwait(false);
            await ring.ReloadAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return Answer.Data(Shown(found, publishable.Of(found.Text("id")!)));
    }

    /// <summary>A secret key's clear text is in this answer and nowhere else: a repeat of the request answers the key without it.</summary>
    private async Task<Answer> CreateAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var environment = Environment(call);
        var isPublishable = call.Query("type") switch
        {
            "SECRET" => false,
            "PUBLISHABLE" => true,
            _ => throw ApiRefusal.Bad("type", "'type' must be SECRET or PUBLISHABLE."),
        };
        var answer = await call.WriteCentralAsync(
            change =>
            {
                var secret = SecretKey.New();
                var body = KeyStore.Add(
                    change, Known(change, environment), id => SecretKey.Hash(secret = isPublishable ? publishable.Of(id) : secret), publishable: isPublishable);
                return Answer.List([Shown(body, secret)]).WithRecipe(Answer.List([body]).Body);
            },
            (_, stored) => Answer.Json(stored)).ConfigureAwait(false);
        await ring.ReloadAsync(CancellationToken.None).ConfigureAwait(false);
        return answer;
    }

    /// <summary>Named by its id, or by the key itself.</summary>
    private async Task<Answer> DeleteAsync(ApiCall call)
    {
        var environment = Environment(call);
        var key = call.Query("key") ?? throw ApiRefusal.Bad("key", "'key' names the key to delete.");
        var answer = await call.WriteCentralAsync(change =>
        {
            var development = change.Connection.Scalar(
                "SELECT development FROM keys WHERE environment = $environment AND (id = $key OR hash = $hash)",
                ("$environment", environment), ("$key", key), ("$hash", SecretKey.Hash(key)));
            if (development is not long kind)
            {
                throw ApiRefusal.NotFound("key", SecretKey.Fits(key) ? "sk_…" : PublishableKey.Fits(key) ? "pk_…" : key);
            }

            if (kind != 0)
            {
                throw ApiRefusal.Conflict("key", "The development key stays. To replace it, stop the server, delete the file 'development-key' in the data folder, and start again.");
            }

            change.Connection.Execute(
                "DELETE FROM tokens WHERE owner IN (SELECT id FROM keys WHERE environment = $environment AND (id = $key OR hash = $hash))",
                ("$environment", environment), ("$key", key), ("$hash", SecretKey.Hash(key)));
            change.Connection.Execute(
                "DELETE FROM keys WHERE environment = $environment AND (id = $key OR hash = $hash)",
                ("$environment", environment), ("$key", key), ("$hash", SecretKey.Hash(key)));
            return Answer.Success;
        }).ConfigureAwait(false);
        await ring.ReloadAsync(CancellationToken.None).ConfigureAwait(false);
        return answer;
    }

    private static JsonObject? Publishable(SqliteConnection connection, string environment) =>
        connection.Scalar(
            "SELECT body FROM keys WHERE environment = $environment AND publishable = 1 ORDER BY json_extract(body, '$.createdAt') DESC, id LIMIT 1", ("$environment", environment))
            is string body ? Wire.Parse(body) : null;

    private static string Known(CentralWrite change, string environment) =>
        EnvironmentStore.Find(change.Connection, environment) is null ? throw ApiRefusal.NotFound("environment", environment) : environment;

    private static JsonObject Shown(JsonObject body, string key)
    {
        var shown = (JsonObject)body.DeepClone();
        shown["rawKey"] = key;
        shown["secret"] = key;
        return shown;
    }

    private static string Environment(ApiCall call) =>
        EnvironmentEndpoints.Visible(call, call.Query("environmentId") ?? throw ApiRefusal.Bad("environmentId", "'environmentId' names the environment of the key."));
}
