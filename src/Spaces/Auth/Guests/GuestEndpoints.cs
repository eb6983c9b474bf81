using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Http.Operations;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth.Guests;

/// <summary><c>/guests</c>. A guest belongs to an environment and to spaces of it; who sees only some spaces sees the guests of those.</summary>
internal sealed class GuestEndpoints(CentralStore central, GuestNotices notices, GuestTokens tokens, SpacesOptions options, TimeProvider time) : IEndpoints
{

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("guests.list", ListAsync);
        routes.Map("guests.create", CreateAsync);
        routes.Map("guests.get", GetAsync);
        routes.Map("guests.update", UpdateAsync);
        routes.Map("guests.delete", DeleteAsync);
        routes.Map("guests.getGuestToken", TokenAsync);
    }

    private async Task<Answer> ListAsync(ApiCall call)
    {
        var space = await call.SpaceAsync(call.Query("spaceId") ?? throw ApiRefusal.Bad("spaceId", "'spaceId' names the space whose guests are asked for.")).ConfigureAwait(false);
        var email = call.Query("email") is { } given ? EmailAddress.TryRead(given, out var address) ? address : given : null;
        var guests = await central.ReadAsync(
            connection => GuestStore.List(connection, space.Number, email, time.GetUtcNow()), call.Cancelled).ConfigureAwait(false);
        foreach (var guest in guests)
        {
            await Visible.OnlyAsync(call, guest).ConfigureAwait(false);
        }

        return Answer.List(guests);
    }

    /// <summary>A lasting guest with the same address is not made twice: it joins the spaces named.</summary>
    private async Task<Answer> CreateAsync(ApiCall call)
    {
        var given = await call.ReadArrayAsync().ConfigureAwait(false);
        var faults = new List<ApiFault>();
        var plans = new List<GuestPlan>();
        for (var i = 0; i < given.Count; i++)
        {
            if (GuestPlan.Read(given[i] as JsonObject, $"[{i}]", whole: true, options, time.GetUtcNow(), faults) is { } plan)
            {
                plans.Add(plan);
            }
        }

        if (faults.Count > 0 || given.Count == 0)
        {
            throw faults.Count > 0 ? new ApiRefusal(400, faults) : ApiRefusal.Bad(null, "The body is an array of guests and has none.");
        }

        foreach (var plan in plans)
        {
            call.SameEnvironment(plan.EnvironmentId);
            foreach (var environmentOfSpace in await EnterAsync(call, plan.Spaces!, plan.Email!).ConfigureAwait(false))
            {
                // A guest belongs to one environment: naming it keeps the spaces of others out from here on.
                call.SameEnvironment(environmentOfSpace);
            }

            if (plan.Spaces!.Count == 0)
            {
                call.WholeEnvironment();
            }
        }

        var environment = call.Caller.EnvironmentId;
        var answer = await call.WriteCentralAsync(change => Answer.List(plans.Select(plan =>
        {
            var guest = (plan.Expires is null ? GuestStore.Lasting(change.Connection, environment, plan.Email!) : null)
                ?? GuestStore.Add(change, environment, plan.Email!, plan.Name!, plan.Expires);
            plan.Numbers.ForEach(space => GuestStore.Join(change, guest.Text("id")!, space));
            var made = GuestStore.Find(change.Connection, guest.Text("id"), change.Now)!;
            if (!call.Caller.SeesEnvironment)
            {
                // The guest may be one of other spaces already, which are no matter of this caller's.
                Visible.Keep(made, plan.Numbers);
            }

            return made;
        }).ToList())).ConfigureAwait(false);
        await notices.DeliverAsync(CancellationToken.None).ConfigureAwait(false);
        return answer;
    }

    private async Task<Answer> GetAsync(ApiCall call)
    {
        var guest = await FindAsync(call).ConfigureAwait(false);
        await Visible.OnlyAsync(call, guest).ConfigureAwait(false);
        return Answer.Data(guest);
    }

    private async Task<Answer> UpdateAsync(ApiCall call)
    {
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        var faults = new List<ApiFault>();
        var plan = GuestPlan.Read(given, "", whole: false, options, time.GetUtcNow(), faults) ?? throw new ApiRefusal(400, faults);
        var guest = await FindAsync(call).ConfigureAwait(false);
        var id = guest.Text("id")!;
        var seen = await Visible.OnlyAsync(call, guest).ConfigureAwait(false);
        if ((plan.Email is not null || plan.Name is not null) && !seen.Whole)
        {
            throw new ApiRefusal(403, new ApiFault("Authorization", "This guest also belongs to spaces you do not manage; its name and address are not yours to change."));
        }

        call.SameEnvironment(plan.EnvironmentId);
        if (plan.Spaces is not null)
        {
            await EnterAsync(call, plan.Spaces, plan.Email ?? guest.Text("email")!).ConfigureAwait(false);
        }

        var answer = await call.WriteCentralAsync(change =>
        {
            var body = GuestStore.Find(change.Connection, id, change.Now) ?? throw ApiRefusal.NotFound("guest", id);
            body["email"] = plan.Email ?? body.Text("email");
            body["name"] = plan.Name ?? body.Text("name");
            GuestStore.Store(change, body);
            if (plan.Spaces is not null)
            {
                seen.Numbers.Except(plan.Numbers).ToList().ForEach(space => GuestStore.Leave(change, id, space));
                plan.Numbers.ForEach(space => GuestStore.Join(change, id, space));
            }

            var after = GuestStore.Find(change.Connection, id, change.Now)!;
            if (!seen.Whole)
            {
                Visible.Keep(after, [.. seen.Numbers, .. plan.Numbers]);
            }

            return Answer.Data(after);
        }).ConfigureAwait(false);
        await notices.DeliverAsync(CancellationToken.None).ConfigureAwait(false);
        return answer;
    }

    /// <summary>With a space: from that space only.</summary>
    private async Task<Answer> DeleteAsync(ApiCall call)
    {
        var space = call.Query("spaceId") is { } spaceId ? await call.SpaceAsync(spaceId).ConfigureAwait(false) : null;
        var guest = await FindAsync(call).ConfigureAwait(false);
        var id = guest.Text("id")!;
        if (space is null && !(await Visible.OnlyAsync(call, guest).ConfigureAwait(false)).Whole)
        {
            throw new ApiRefusal(403, new ApiFault("Authorization", "This guest also belongs to spaces you do not manage. Name the 'spaceId' to take it out of."));
        }

        var answer = await call.WriteCentralAsync(change =>
        {
            if (space is null)
            {
                GuestStore.Delete(change, id);
            }
            else if (GuestStore.SpacesOf(change.Connection, id).Contains(space.Number))
            {
                GuestStore.Leave(change, id, space.Number);
            }
            else
            {
                throw ApiRefusal.NotFound("guest", id);
            }

            return Answer.Success;
        }).ConfigureAwait(false);
        await notices.DeliverAsync(CancellationToken.None).ConfigureAwait(false);
        return answer;
    }

    /// <summary>For all spaces of the guest, or for one.</summary>
    private async Task<Answer> TokenAsync(ApiCall call)
    {
        var space = call.Query("spaceId") is { } spaceId ? await call.SpaceAsync(spaceId).ConfigureAwait(false) : null;
        var guest = await FindAsync(call).ConfigureAwait(false);
        if (space is null)
        {
            call.WholeEnvironment();
        }

        var token = await tokens.IssueAsync(guest.Text("id")!, space, options.GuestTokenLife, call.Cancelled).ConfigureAwait(false)
            ?? throw ApiRefusal.NotFound("guest", guest.Text("id"));
        return Answer.Data(new JsonObject { ["token"] = token, ["valid"] = true });
    }

    /// <summary>The guest in the path; 404 when there is none, or none in the caller's reach.</summary>
    private async Task<JsonObject> FindAsync(ApiCall call)
    {
        var id = call.Route("guestId");
        var guest = await central.ReadAsync(connection => GuestStore.Find(connection, id, time.GetUtcNow()), call.Cancelled).ConfigureAwait(false);
        return guest is not null && await Visible.IsAsync(call, guest).ConfigureAwait(false) ? guest : throw ApiRefusal.NotFound("guest", id);
    }

    /// <summary>Every space must be the caller's to manage and must admit the address. Answers their environments.</summary>
    private static async Task<HashSet<string>> EnterAsync(ApiCall call, IReadOnlyList<string> spaces, string email)
    {
        var environments = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in spaces)
        {
            var space = await call.SpaceAsync(id).ConfigureAwait(false);
            environments.Add(space.EnvironmentId);
            var rules = SpaceRules.Of(await call.ReadAsync(space, read => read.Space).ConfigureAwait(false));
            if (rules.AdmitsGuests && rules.Refuses(email) is { } reason)
            {
                throw new ApiRefusal(403, new ApiFault("email", $"{reason} ({space.Id})"));
            }
        }

        return environments;
    }
}
