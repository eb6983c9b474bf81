using System.Text.Json.Nodes;
using Flatfile.Spaces.Auth.Guests;
using Flatfile.Spaces.Auth.Users;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth.Invitations;

/// <summary><c>/invitations</c>: sending guests their link, and exchanging a link for a token.</summary>
internal sealed class InvitationEndpoints(
    InvitationLinks links, GuestTokens guestTokens, AccessTokens tokens, GuestNotices notices, CentralStore central, SpaceRegistry registry, Attempts attempts,
    SpacesOptions options, TimeProvider time) : IEndpoints
{
    private const int Longest = 2_000;

    /// <inheritdoc />
    public void Map(ApiRoutes routes)
    {
        routes.Map("guests.invite", InviteAsync);
        routes.Map("users.exchangeToken", ExchangeAsync);
    }

    /// <summary>All are looked at before the first message goes.</summary>
    private async Task<Answer> InviteAsync(ApiCall call)
    {
        var given = await call.ReadArrayAsync().ConfigureAwait(false);
        var sends = new List<Func<Task>>();
        for (var i = 0; i < given.Count; i++)
        {
            if (given[i] is not JsonObject invite || invite.Text("guestId") is not { } guestId || invite.Text("spaceId") is not { } spaceId
                || (invite.Text("message") ?? "").Length > Longest || (invite.Text("fromName") ?? "").Length > Longest)
            {
                throw ApiRefusal.Bad($"[{i}]", $"An invitation needs 'guestId' and 'spaceId'; 'fromName' and 'message' have at most {Longest} characters.");
            }

            var space = await call.SpaceAsync(spaceId).ConfigureAwait(false);
            var guest = await central.ReadAsync(
                connection => GuestStore.SpacesOf(connection, guestId).Contains(space.Number) ? GuestStore.Find(connection, guestId, time.GetUtcNow()) : null,
                call.Cancelled).ConfigureAwait(false) ?? throw ApiRefusal.NotFound("guest", guestId);
            var rules = SpaceRules.Of(await call.ReadAsync(space, read => read.Space).ConfigureAwait(false));
            var (email, name, from, message) = (guest.Text("email")!, guest.Text("name")!, invite.Text("fromName") ?? "", invite.Text("message") ?? "");
            if (rules.Refuses(email) is { } reason)
            {
                throw new ApiRefusal(403, new ApiFault($"[{i}]", reason));
            }

            sends.Add(rules.MagicLink
                ? () => links.SendAsync(guestId, email, name, space, from, message, call.Cancelled)
                : () => links.SendSharedAsync(email, name, space, from, message, call.Cancelled));
        }

        foreach (var send in sends)
        {
            await send().ConfigureAwait(false);
        }

        return Answer.Success;
    }

    /// <summary>
    /// A personal link lets in whom it was made for. A shared link lets anybody in, as a temporary guest under the address given; a space that admits some
    /// domains only, and can send links, sends one to that address instead. An address alone is sent a link when a guest of the space has it; the answer
    /// does not tell whether one has.
    /// </summary>
    private async Task<Answer> ExchangeAsync(ApiCall call)
    {
        attempts.Call(call.Http);
        var given = await call.ReadObjectAsync().ConfigureAwait(false);
        string? email = null;
        if (given.Text("email") is { Length: > 0 } address && !EmailAddress.TryRead(address.Trim(), out email))
        {
            throw ApiRefusal.Bad("email", "'email' is no address this server takes, such as jane@example.com.");
        }

        if (given.Text("token") is { Length: > 0 } token)
        {
            return await PersonalAsync(token, call.Cancelled).ConfigureAwait(false) ?? await SharedAsync(call, token, email).ConfigureAwait(false) ?? Invalid();
        }

        if (email is null || given.Text("spaceId") is not { Length: > 0 } spaceId)
        {
            throw ApiRefusal.Bad("token", "Give the 'token' of a link, or 'email' and 'spaceId' to be sent one.");
        }

        attempts.MayTry(call.Http, "link " + email);
        attempts.Failed(call.Http, "link " + email);
        await SendToGuestAsync(spaceId, email, call.Cancelled).ConfigureAwait(false);
        return Sent(email);
    }

    private static Answer Invalid() => Answer.Data(new JsonObject { ["valid"] = false });

    private static Answer Sent(string email) => Answer.Data(new JsonObject { ["valid"] = false, ["sentTo"] = email });

    private static Answer Valid(string token) => Answer.Data(new JsonObject { ["valid"] = true, ["token"] = token });

    private async Task<Answer?> PersonalAsync(string token, CancellationToken cancellationToken)
    {
        if (await links.UseAsync(token, cancellationToken).ConfigureAwait(false) is not { } used)
        {
            return null;
        }

        if (used.Space == 0)
        {
            var generation = await central.ReadAsync(connection => UserStore.Generation(connection, used.Subject), cancellationToken).ConfigureAwait(false);
            return generation == 0 ? Invalid() : Valid(tokens.OfUser(used.Subject, generation, options.AccessTokenLife, time.GetUtcNow()));
        }

        return await registry.FindAsync(used.Space, cancellationToken).ConfigureAwait(false) is { } space
            && await guestTokens.IssueAsync(used.Subject, space, options.GuestTokenLife, cancellationToken).ConfigureAwait(false) is { } issued
            ? Valid(issued) : Invalid();
    }

    private async Task<Answer?> SharedAsync(ApiCall call, string token, string? email)
    {
        if (links.SpaceOf(token) is not { } spaceId || await FindAsync(spaceId, call.Cancelled).ConfigureAwait(false) is not { } space)
        {
            return null;
        }

        var rules = SpaceRules.Of(await call.ReadAsync(space, read => read.Space).ConfigureAwait(false));
        if (!rules.SharedLink)
        {
            return null;
        }

        if (rules.Refuses(email ?? "") is { } reason)
        {
            throw new ApiRefusal(403, new ApiFault("email", reason));
        }

        if (email is null)
        {
            return Valid(await guestTokens.IssueNamelessAsync(space, options.GuestTokenLife, call.Cancelled).ConfigureAwait(false));
        }

        var guest = await TemporaryAsync(space, email, call.Cancelled).ConfigureAwait(false);
        if (rules is { HasDomains: true, MagicLink: true })
        {
            // Anybody can write an address of the right domain; only its owner reads the mail.
            attempts.MayTry(call.Http, "link " + email);
            attempts.Failed(call.Http, "link " + email);
            await links.SendAsync(guest, email, "", space, "", "", call.Cancelled).ConfigureAwait(false);
            return Sent(email);
        }

        return await guestTokens.IssueAsync(guest, space, options.GuestTokenLife, call.Cancelled).ConfigureAwait(false) is { } issued ? Valid(issued) : null;
    }

    /// <summary>
    /// A guest of this space only, who goes after a while. Never the lasting guest of that address: nobody has proved to be it, and it may have more rights.
    /// </summary>
    private async Task<string> TemporaryAsync(SpaceFolder space, string email, CancellationToken cancellationToken)
    {
        var id = await central.WriteAsync(space.EnvironmentId, central.AccountId, change =>
        {
            var known = GuestStore.Temporary(change.Connection, space.Number, email, change.Now)
                ?? GuestStore.Add(change, space.EnvironmentId, email, email, change.Now + options.TemporaryGuestLife, GuestStore.ByLink).Text("id")!;
            GuestStore.Join(change, known, space.Number);
            return known;
        }, cancellationToken).ConfigureAwait(false);
        await notices.DeliverAsync(CancellationToken.None).ConfigureAwait(false);
        return id;
    }

    private async Task SendToGuestAsync(string spaceId, string email, CancellationToken cancellationToken)
    {
        if (await FindAsync(spaceId, cancellationToken).ConfigureAwait(false) is not { } space)
        {
            return;
        }

        var rules = SpaceRules.Of(await space.ReadAsync(read => read.Space, cancellationToken).ConfigureAwait(false));
        var guest = await central.ReadAsync(
            connection => GuestStore.List(connection, space.Number, email, time.GetUtcNow()).FirstOrDefault(one => one.Text("expiresAt") is null), cancellationToken).ConfigureAwait(false);
        if (guest is not null && rules.MagicLink && rules.Refuses(email) is null)
        {
            await links.SendAsync(guest.Text("id")!, email, guest.Text("name")!, space, "", "", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SpaceFolder?> FindAsync(string spaceId, CancellationToken cancellationToken) =>
        ResourceId.TryParse(IdPrefix.Space, spaceId, out var id) && id.Number == 0 ? await registry.FindAsync(id.Space, cancellationToken).ConfigureAwait(false) : null;
}
