using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth.Invitations;
using Flatfile.Spaces.Auth.Roles;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth.Users;

/// <summary><c>/users</c>: the people of the account.</summary>
internal sealed class UserEndpoints(CentralStore central, InvitationLinks links, RoleGiving giving) : IEndpoints
{
    private const int DefaultPageSize = 20;
    private const int Longest = 200;

    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["email"] = "email", ["name"] = "name", ["id"] = "id", ["idp"] = "idp", ["idp_ref"] = "idpRef", ["created_at"] = "createdAt",
        ["updated_at"] = "updatedAt", ["last_seen_at"] = "lastSeenAt", ["dashboard"] = "dashboard",
    };

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("users.list", ListAsync);
        routes.Map("users.createAndInvite", InviteAsync);
        routes.Map("users.resendInvite", InviteAgainAsync);
        routes.Map("users.get", async call => Answer.Data(
            await central.ReadAsync(connection => UserStore.Get(connection, call.Route("userId")), call.Cancelled).ConfigureAwait(false)));
        routes.Map("users.update", UpdateAsync);
        routes.Map("users.setPassword", SetPasswordAsync);
        routes.Map("users.delete", call => call.WriteCentralAsync(change =>
        {
            UserStore.Delete(change, call.Route("userId"));
            return Answer.Success;
        }));
        routes.Map("users.listApiTokens", ListClientsAsync);
        routes.Map("users.createApiToken", CreateClientAsync);
    }

    private async Task<Answer> ListAsync(ApiCall call)
    {
        var page = PageQuery.Read(call, DefaultPageSize);
        var field = call.Query("sortField") is not { } sort ? null
            : Fields.GetValueOrDefault(sort) ?? throw ApiRefusal.Bad("sortField", $"'sortField' must be one of {string.Join(", ", Fields.Keys)}.");
        var down = call.Query("sortDirection") switch
        {
            null or "asc" => false,
            "desc" => true,
            _ => throw ApiRefusal.Bad("sortDirection", "'sortDirection' must be asc or desc."),
        };
        var users = (await central.ReadAsync(UserStore.List, call.Cancelled).ConfigureAwait(false)).Where(user =>
            (call.Query("email") is not { } email || string.Equals(user.Text("email"), email.Trim(), StringComparison.OrdinalIgnoreCase))
            && (call.Query("search") is not { } search
                || (user.Text("email") + "\n" + user.Text("name")).Contains(search, StringComparison.OrdinalIgnoreCase))).ToList();
        if (field is not null)
        {
            users = [.. users.OrderBy(user => user[field]?.ToString(), StringComparer.OrdinalIgnoreCase)];
        }

        if (down)
        {
            users.Reverse();
        }

        return Answer.List(users.Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size), page, users.Count);
    }

    private async Task<Answer> InviteAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var faults = new List<ApiFault>();
        if (!EmailAddress.TryRead(given.Text("email")?.Trim(), out var email))
        {
            faults.Add(new ApiFault("email", "A user needs an 'email', such as jane@example.com."));
        }

        if (given.Text("name") is not { Length: > 0 and <= Longest } name)
        {
            name = "";
            faults.Add(new ApiFault("name", $"A user needs a 'name' of 1 to {Longest} characters."));
        }

        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }

        var roles = await giving.ReadAsync(call, given["actorRoles"] as JsonArray ?? [], RoleGiving.OfUsers).ConfigureAwait(false);
        var made = "";
        var answer = await call.WriteCentralAsync(change =>
        {
            if (UserStore.IdOf(change.Connection, email!) is not null)
            {
                throw ApiRefusal.Conflict("email", $"There is a user with the address {email}.");
            }

            var user = UserStore.Add(change, email!, name);
            made = user.Text("id")!;
            user["actorRoles"] = new JsonArray([.. roles.Select(role => ActorRoles.Give(change, made, role))]);
            return Answer.Data(user);
        }).ConfigureAwait(false);
        if (made.Length > 0)
        {
            await links.SendAsync(made, email!, name, null, "", "", call.Cancelled).ConfigureAwait(false);
        }

        return answer;
    }

    private async Task<Answer> InviteAgainAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        var user = await central.ReadAsync(connection => UserStore.Get(connection, call.Route("userId")), call.Cancelled).ConfigureAwait(false);
        await links.SendAsync(user.Text("id")!, user.Text("email")!, user.Text("name")!, null, "", "", call.Cancelled).ConfigureAwait(false);
        return Answer.Success;
    }

    private static async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        if (given["name"] is { } && given.Text("name") is not { Length: > 0 and <= Longest })
        {
            throw ApiRefusal.Bad("name", $"'name' is a text of 1 to {Longest} characters.");
        }

        return await call.WriteCentralAsync(change =>
        {
            var user = UserStore.Get(change.Connection, call.Route("userId"));
            user["name"] = given.Text("name") ?? user.Text("name");
            if (given["dashboard"] is JsonValue dashboard && dashboard.TryGetValue<int>(out var number))
            {
                user["dashboard"] = number;
            }

            UserStore.Store(change, user);
            return Answer.Data(user);
        }).ConfigureAwait(false);
    }

    /// <summary>Every token given out under the old password is void from then on.</summary>
    private static async Task<Answer> SetPasswordAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        if (given.Text("password") is not { Length: >= Password.Shortest and <= Password.Longest } password)
        {
            throw ApiRefusal.Bad("password", $"A 'password' has {Password.Shortest} to {Password.Longest} characters.");
        }

        var hash = await Password.HashAsync(password, call.Cancelled).ConfigureAwait(false);
        return await call.WriteCentralAsync(change =>
        {
            var id = call.Route("userId");
            return change.Connection.Execute("UPDATE users SET password = $hash, generation = generation + 1 WHERE id = $id", ("$hash", hash), ("$id", id)) == 1
                ? Answer.Success : throw ApiRefusal.NotFound("user", id);
        }).ConfigureAwait(false);
    }

    private async Task<Answer> ListClientsAsync(ApiCall call)
    {
        Tenant(call);
        var page = PageQuery.Read(call, 10);
        var all = await central.ReadAsync(
            connection => ApiClients.List(connection, UserStore.Get(connection, call.Route("userId")).Text("id")!), call.Cancelled).ConfigureAwait(false);
        return Answer.List(all.Skip((int)Math.Min(page.Skip, int.MaxValue)).Take(page.Size), page, all.Count);
    }

    /// <summary>The secret is in this answer and nowhere else: a repeat of the request answers without it.</summary>
    private async Task<Answer> CreateClientAsync(ApiCall call)
    {
        await call.ReadBytesAsync().ConfigureAwait(false);
        Tenant(call);
        return await call.WriteCentralAsync(
            change =>
            {
                var owner = UserStore.Get(change.Connection, call.Route("userId"));
                var (secret, body) = ApiClients.Add(change, owner.Text("id")!, $"API token of {owner.Text("email")}");
                var recipe = Answer.Data(body).Body;
                body["secret"] = secret;
                return Answer.Data(body).WithRecipe(recipe);
            },
            (_, stored) => Answer.Json(stored)).ConfigureAwait(false);
    }

    /// <summary>The account, or an environment of it.</summary>
    private static void Tenant(ApiCall call)
    {
        var tenant = call.Query("tenantId") ?? throw ApiRefusal.Bad("tenantId", "'tenantId' names the account or environment.");
        if (tenant != call.Caller.AccountId)
        {
            call.SameEnvironment(tenant);
        }
    }
}
