using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth.Guests;
using Flatfile.Spaces.Auth.Users;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Resources;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth.Roles;

/// <summary><c>/roles</c>, and the roles of users, guests and agents.</summary>
internal sealed class RoleEndpoints(CentralStore central, RoleGiving giving, TimeProvider time) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("roles.list", async call => Answer.List(await central.ReadAsync(ActorRoles.Roles, call.Cancelled).ConfigureAwait(false)));
        MapOf(routes, "users.listUserRoles", "users.assignUserRole", "users.deleteUserRole", UserAsync, RoleGiving.OfUsers);
        MapOf(routes, "guests.listGuestRoles", "guests.assignGuestRole", "guests.deleteGuestRole", GuestAsync, RoleGiving.OfGuests);
        MapOf(routes, "agents.listAgentRoles", "agents.assignAgentRole", "agents.deleteAgentRole", AgentAsync, RoleGiving.OfUsers);
    }

    private void MapOf(ApiRoutes routes, string list, string assign, string delete, Func<ApiCall, Task<string>> find, Right most)
    {
        routes.Map(list, async call =>
        {
            var actor = await find(call).ConfigureAwait(false);
            return Answer.List(await central.ReadAsync(connection => ActorRoles.List(connection, actor), call.Cancelled).ConfigureAwait(false));
        });
        routes.Map(assign, async call =>
        {
            var given = await call.ReadObjectAsync().ConfigureAwait(false);
            var actor = await find(call).ConfigureAwait(false);
            var role = (await giving.ReadAsync(call, [given.DeepClone()], most).ConfigureAwait(false))[0];
            return await call.WriteCentralAsync(change => Answer.Data(ActorRoles.Give(change, actor, role))).ConfigureAwait(false);
        });
        routes.Map(delete, async call =>
        {
            var actor = await find(call).ConfigureAwait(false);
            return await call.WriteCentralAsync(change =>
            {
                ActorRoles.Take(change, actor, call.Route("actorRoleId"));
                return Answer.Success;
            }).ConfigureAwait(false);
        });
    }

    private async Task<string> UserAsync(ApiCall call) =>
        (await central.ReadAsync(connection => UserStore.Get(connection, call.Route("userId")), call.Cancelled).ConfigureAwait(false)).Text("id")!;

    private async Task<string> GuestAsync(ApiCall call)
    {
        var id = call.Route("guestId");
        var guest = await central.ReadAsync(connection => GuestStore.Find(connection, id, time.GetUtcNow()), call.Cancelled).ConfigureAwait(false);
        return guest is not null && await Visible.IsAsync(call, guest).ConfigureAwait(false) ? id : throw ApiRefusal.NotFound("guest", id);
    }

    private async Task<string> AgentAsync(ApiCall call)
    {
        var id = call.Route("agentId");
        var agent = await central.ReadAsync(connection => Kinds.Agents.Central!.Find(connection, environment: null, id), call.Cancelled).ConfigureAwait(false);
        return agent?.Text("environmentId") is { } environment && await call.ReachesAsync(environment, null).ConfigureAwait(false) ? id : throw ApiRefusal.NotFound("agent", id);
    }
}
