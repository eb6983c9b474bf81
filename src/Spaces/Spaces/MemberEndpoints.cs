using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Auth;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Spaces;

/// <summary><c>/spaces/{id}/users</c>: the members of a space, one by one.</summary>
internal sealed class MemberEndpoints(CentralStore central) : IEndpoints
{
    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("spaces.listUsers", ListAsync);
        routes.Map("spaces.addUser", AddAsync);
        routes.Map("spaces.updateUser", UpdateAsync);
        routes.Map("spaces.removeUser", call => ChangeAsync(call, (users, at) =>
        {
            users.RemoveAt(at);
            return null;
        }));
    }

    /// <summary>Guests do not learn who else is there.</summary>
    private static async Task<Answer> ListAsync(ApiCall call)
    {
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        return Answer.List(call.Caller.Kind == PrincipalKind.Guest
            ? []
            : await call.ReadAsync(space, read => (read.Space["users"] as JsonArray ?? []).OfType<JsonObject>().ToList()).ConfigureAwait(false));
    }

    /// <summary>A member already there gets the role given.</summary>
    private async Task<Answer> AddAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        var list = new JsonObject { ["users"] = new JsonArray(given.DeepClone()) };
        if (!EmailAddress.TryRead(given.Text("email")?.Trim(), out var email))
        {
            throw ApiRefusal.Bad("email", "A member needs an 'email', such as jane@example.com.");
        }

        if (given["role"] is not null && SpaceRules.RoleOf(given.Text("role")) is null)
        {
            throw NoRole();
        }

        await SpaceUsers.LinkAsync(central, call, list).ConfigureAwait(false);
        return await call.WriteAsync(space, write =>
        {
            var before = write.Space["users"] as JsonArray ?? [];
            var added = (JsonObject)SpaceUsers.Merge(write, before, (JsonArray)list["users"]!)[0]!.DeepClone();
            var after = new JsonArray([
                .. before.OfType<JsonObject>().Where(user => !string.Equals(user.Text("email"), email, StringComparison.OrdinalIgnoreCase)).Select(user => user.DeepClone()),
                added.DeepClone()]);
            Store(write, call, before, after);
            return Answer.Data(added);
        }).ConfigureAwait(false);
    }

    private async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        if (SpaceRules.RoleOf(given.Text("role")) is null)
        {
            throw NoRole();
        }

        return await ChangeAsync(call, (users, at) =>
        {
            users[at]!["role"] = given.Text("role");
            return users[at]!.DeepClone();
        }).ConfigureAwait(false);
    }

    private static ApiRefusal NoRole() => ApiRefusal.Bad("role", "'role' is one of owner, admin, editor, viewer.");

    /// <summary>Changes one member; answers what the change answers, or success.</summary>
    private static async Task<Answer> ChangeAsync(ApiCall call, Func<JsonArray, int, JsonNode?> change)
    {
        var space = await call.SpaceAsync(call.Route("spaceId")).ConfigureAwait(false);
        var id = call.Route("userId");
        return await call.WriteAsync(space, write =>
        {
            var before = write.Space["users"] as JsonArray ?? [];
            var after = (JsonArray)before.DeepClone();
            var at = after.ToList().FindIndex(user => (user as JsonObject)?.Text("id") == id);
            if (at < 0)
            {
                throw ApiRefusal.NotFound("member", id);
            }

            var answer = change(after, at);
            Store(write, call, before, after);
            return answer is null ? Answer.Success : Answer.Data(answer);
        }).ConfigureAwait(false);
    }

    private static void Store(SpaceWrite write, ApiCall call, JsonArray before, JsonArray after)
    {
        SpaceUsers.CheckChange(before, after, call.RoleIn(write.Folder));
        var body = write.Space;
        body["users"] = after;
        body["updatedAt"] = write.NowText;
        write.StoreSpace(body);
        SpaceChange.Announce(write, Topics.SpaceUpdated);
    }
}
