using System.Text.Json.Nodes;
using Flatfile.Spaces.Environments;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth;

/// <summary><c>/auth/api-key(s)</c>.</summary>
internal sealed class KeyEndpoints(CentralStore central, KeyRing ring) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("auth.getApiKeys", ListAsync);
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

    /// <summary>The clear text is in this answer and nowhere else: a repeat of the request answers the key without it.</summary>
    private async Task<Answer> CreateAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var environment = Environment(call);
        switch (call.Query("type"))
        {
            case "SECRET":
                break;
            case "PUBLISHABLE":
                throw ApiRefusal.NotBuilt("A publishable key");
            default:
                throw ApiRefusal.Bad("type", "'type' must be SECRET.");
        }

        var answer = await call.WriteCentralAsync(
            change =>
            {
                if (EnvironmentStore.Find(change.Connection, environment) is null)
                {
                    throw ApiRefusal.NotFound("environment", environment);
                }

                var secret = SecretKey.New();
                var body = KeyStore.Add(change, environment, SecretKey.Hash(secret), development: false);
                var stored = Answer.List([body]).Body;
                var shown = (JsonObject)body.DeepClone();
                shown["rawKey"] = secret;
                shown["secret"] = secret;
                return Answer.List([shown]).WithRecipe(stored);
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
                throw ApiRefusal.NotFound("key", SecretKey.Fits(key) ? "sk_…" : key);
            }

            if (kind != 0)
            {
                throw ApiRefusal.Conflict("key", "The development key stays. To replace it, stop the server, delete the file 'development-key' in the data folder, and start again.");
            }

            change.Connection.Execute(
                "DELETE FROM keys WHERE environment = $environment AND (id = $key OR hash = $hash)",
                ("$environment", environment), ("$key", key), ("$hash", SecretKey.Hash(key)));
            return Answer.Success;
        }).ConfigureAwait(false);
        await ring.ReloadAsync(CancellationToken.None).ConfigureAwait(false);
        return answer;
    }

    private static string Environment(ApiCall call) =>
        EnvironmentEndpoints.Visible(call, call.Query("environmentId") ?? throw ApiRefusal.Bad("environmentId", "'environmentId' names the environment of the key."));
}
