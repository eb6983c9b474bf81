using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Events;
using Flatfile.Spaces.Files;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Spaces;

/// <summary><c>/spaces</c>.</summary>
internal sealed class SpaceEndpoints(CentralStore central, EventRelay relay, SpaceCreation creation, SpaceDeletion deletion, FileSweep sweep, SpaceLinks links, SpacesOptions options) : IEndpoints
{
    private const int DefaultPageSize = 10;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("spaces.list", ListAsync);
        routes.Map("spaces.create", CreateAsync);
        routes.Map("spaces.bulkDelete", DeleteManyAsync);
        routes.Map("spaces.get", GetAsync);
        routes.Map("spaces.update", UpdateAsync);
        routes.Map("spaces.delete", DeleteAsync);
        routes.Map("spaces.archiveSpace", call => ArchiveAsync(call, archived: true));
        routes.Map("spaces.unarchiveSpace", call => ArchiveAsync(call, archived: false));
        routes.Map("spaces.completeStep", CompleteStepAsync);
        routes.Map("spaces.expire", ExpireAsync);
    }

    private async Task<Answer> ListAsync(ApiCall call)
    {
        call.SameEnvironment(call.Query("environmentId"));
        var page = PageQuery.Read(call, DefaultPageSize);
        await relay.DrainAsync(call.Cancelled).ConfigureAwait(false);
        var own = await call.OwnSpacesAsync().ConfigureAwait(false);
        var (bodies, total) = await central.ReadAsync(connection => SpaceList.Read(connection, call, page, own), call.Cancelled).ConfigureAwait(false);
        return Answer.List(bodies.Select(body => links.Fit(Wire.Parse(body), call)), page, total);
    }

    private async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ApiCall.Typed(given, FlatfileJson.Default.SpaceConfig);
        Authorization.CheckLimits(call.Caller, given);
        call.SameEnvironment(given.Text("environmentId"));
        await SpaceApp.LinkAsync(central, call, call.Caller.EnvironmentId, given).ConfigureAwait(false);
        await SpaceUsers.LinkAsync(central, call, given).ConfigureAwait(false);
        return links.Fit(await creation.CreateAsync(call, given).ConfigureAwait(false), call);
    }

    private async Task<Answer> GetAsync(ApiCall call)
    {
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        return links.Fit(await call.ReadAsync(space, View).ConfigureAwait(false), call);
    }

    private async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        ApiCall.Typed(given, FlatfileJson.Default.SpaceConfig);
        Authorization.CheckLimits(call.Caller, given);
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        if (given.Text("environmentId") is { } environment && environment != space.EnvironmentId)
        {
            throw ApiRefusal.Bad("environmentId", "A space stays in its environment.");
        }

        await SpaceApp.LinkAsync(central, call, space.EnvironmentId, given).ConfigureAwait(false);
        await SpaceUsers.LinkAsync(central, call, given).ConfigureAwait(false);
        return links.Fit(
            await call.WriteAsync(space, write =>
            {
                var before = write.Space.Copy("users") as JsonArray;
                SpaceChange.Update(write, given);
                SpaceUsers.CheckChange(before, write.Space["users"] as JsonArray, call.RoleIn(space));
                return View(write);
            }).ConfigureAwait(false),
            call);
    }

    private async Task<Answer> DeleteAsync(ApiCall call)
    {
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        await deletion.DeleteAsync(space, call.Caller, call.Cancelled).ConfigureAwait(false);
        return Answer.Success;
    }

    /// <summary>All ids are looked at before the first space goes.</summary>
    private async Task<Answer> DeleteManyAsync(ApiCall call)
    {
        var ids = call.QueryAll("spaceIds");
        if (ids.Count == 0)
        {
            throw ApiRefusal.Bad("spaceIds", "'spaceIds' names the spaces to delete; without any nothing is deleted.");
        }

        var spaces = new List<SpaceFolder>();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            spaces.Add(await call.SpaceAsync(id).ConfigureAwait(false));
        }

        foreach (var space in spaces)
        {
            await deletion.DeleteAsync(space, call.Caller, call.Cancelled).ConfigureAwait(false);
        }

        return Answer.Success;
    }

    private static async Task<Answer> ArchiveAsync(ApiCall call, bool archived)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            SpaceChange.Archive(write, archived);
            return Answer.Success;
        }).ConfigureAwait(false);
    }

    private static async Task<Answer> CompleteStepAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        return await call.WriteAsync(space, write => Answer.Data(SpaceWorkflow.Complete(write, call.Route("stepId")))).ConfigureAwait(false);
    }

    private async Task<Answer> ExpireAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        IReadOnlyList<string> places = [];
        var answer = await space.WriteAsync(
            call.Caller.ActorId,
            write =>
            {
                places = SpaceExpiry.Expire(write);
                return View(write);
            },
            call.Cancelled).ConfigureAwait(false);
        sweep.Remove(space, places);
        return links.Fit(answer, call);
    }

    private Answer View(SpaceRead read) => Answer.Data(SpaceView.Whole(read.Connection, options));
}
