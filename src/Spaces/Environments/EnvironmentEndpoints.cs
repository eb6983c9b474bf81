using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Environments;

/// <summary><c>/environments</c>. A key sees its own; the development key manages those of the account.</summary>
internal sealed class EnvironmentEndpoints(CentralStore central, KeyRing ring) : IEndpoints
{
    private const int DefaultPageSize = 10;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("environments.list", ListAsync);
        routes.Map("environments.create", CreateAsync);
        routes.Map("environments.get", GetAsync);
        routes.Map("environments.update", UpdateAsync);
        routes.Map("environments.delete", DeleteAsync);
    }

    /// <summary>404 for an environment the caller neither works in nor manages.</summary>
    public static string Visible(ApiCall call, string? environmentId) =>
        environmentId is not null && (environmentId == call.Caller.EnvironmentId || call.Caller.ManagesAccount)
            ? environmentId
            : throw ApiRefusal.NotFound("environment", environmentId);

    private async Task<Answer> ListAsync(ApiCall call)
    {
        var page = PageQuery.Read(call, DefaultPageSize);
        var own = call.Caller.ManagesAccount ? null : call.Caller.EnvironmentId;
        var (bodies, total) = await central.ReadAsync(
            connection => (
                connection.Rows(
                    "SELECT body FROM environments WHERE $own IS NULL OR id = $own ORDER BY number LIMIT $limit OFFSET $skip",
                    row => Wire.Parse(row.GetString(0)), ("$own", own), ("$limit", page.Size), ("$skip", page.Skip)),
                connection.Number("SELECT count(*) FROM environments WHERE $own IS NULL OR id = $own", ("$own", own))),
            call.Cancelled).ConfigureAwait(false);
        return Answer.List(bodies, page, total);
    }

    private async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ApiCall.Typed(given, FlatfileJson.Default.EnvironmentConfig);
        if (string.IsNullOrWhiteSpace(given.Text("name")))
        {
            throw ApiRefusal.Bad("name", "An environment needs a 'name'.");
        }

        var answer = await call.WriteCentralAsync(change => Answer.Data(EnvironmentStore.Add(change, given))).ConfigureAwait(false);
        await ring.ReloadAsync(CancellationToken.None).ConfigureAwait(false);
        return answer;
    }

    private async Task<Answer> GetAsync(ApiCall call)
    {
        var id = Visible(call, call.Route("environmentId"));
        return Answer.Data(await central.ReadAsync(
            connection => EnvironmentStore.Find(connection, id) ?? throw ApiRefusal.NotFound("environment", id), call.Cancelled).ConfigureAwait(false));
    }

    /// <summary>The types say the answer is bare, the habit says it is under <c>data</c>: it is both.</summary>
    private static async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ApiCall.Typed(given, FlatfileJson.Default.EnvironmentConfig);
        var id = Visible(call, call.Route("environmentId"));
        return await call.WriteCentralAsync(change =>
        {
            var body = EnvironmentStore.Find(change.Connection, id) ?? throw ApiRefusal.NotFound("environment", id);
            BodyMerge.Into(body, given, BodyMerge.Environment);
            change.Connection.Execute("UPDATE environments SET body = $body WHERE id = $id", ("$id", id), ("$body", Wire.Text(body)));
            change.Emit(new NewEvent(Topics.EnvironmentUpdated, "environment"), id);
            var both = (JsonObject)body.DeepClone();
            both["data"] = body;
            return Answer.Json(writer => both.WriteTo(writer));
        }).ConfigureAwait(false);
    }

    private async Task<Answer> DeleteAsync(ApiCall call)
    {
        var id = Visible(call, call.Route("environmentId"));
        if (id == call.Caller.EnvironmentId)
        {
            throw ApiRefusal.Conflict(null, "The environment of the key in use cannot be deleted.");
        }

        var answer = await call.WriteCentralAsync(change =>
        {
            if (change.Connection.Number("SELECT count(*) FROM spaces WHERE environment = $id AND state <> 'deleted'", ("$id", id)) > 0)
            {
                throw ApiRefusal.Conflict(null, "The environment still has spaces. Delete them first.");
            }

            if (change.Connection.Execute("DELETE FROM environments WHERE id = $id", ("$id", id)) == 0)
            {
                throw ApiRefusal.NotFound("environment", id);
            }

            change.Connection.Execute("DELETE FROM keys WHERE environment = $id", ("$id", id));
            change.Connection.Execute("DELETE FROM secrets WHERE environment = $id", ("$id", id));
            change.Emit(new NewEvent(Topics.EnvironmentDeleted, "environment"), id);
            return Answer.Success;
        }).ConfigureAwait(false);
        await ring.ReloadAsync(CancellationToken.None).ConfigureAwait(false);
        return answer;
    }
}
