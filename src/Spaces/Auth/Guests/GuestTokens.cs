using Flatfile.Spaces.Http;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth.Guests;

/// <summary>Gives guests their tokens, after the space and its access handlers have agreed.</summary>
internal sealed class GuestTokens(AccessTokens tokens, CentralStore central, SpaceAdmission admission, TimeProvider time)
{
    /// <summary>A token for one space or, without one, for all of the guest's; null when the guest is gone or does not belong there. 403 when it is refused.</summary>
    public async Task<string?> IssueAsync(string guestId, SpaceFolder? space, TimeSpan life, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (generation, caller) = await central.ReadAsync(
            connection =>
            {
                var current = GuestStore.Generation(connection, guestId);
                return (current, GuestStore.Principal(connection, guestId, current, space?.Number, central.AccountId, now));
            },
            cancellationToken).ConfigureAwait(false);
        if (caller is null || (space is not null && await admission.EnterAsync(caller, null, space, cancellationToken).ConfigureAwait(false) is null))
        {
            return null;
        }

        return tokens.OfGuest(guestId, generation, space?.Number, life);
    }

    /// <summary>A token for a space, of a guest without a name. 403 when the space wants to know who comes.</summary>
    public async Task<string> IssueNamelessAsync(SpaceFolder space, TimeSpan life, CancellationToken cancellationToken)
    {
        var token = tokens.OfSpace(space.Number, life);
        var caller = await tokens.FindAsync(token, cancellationToken).ConfigureAwait(false) ?? throw ApiRefusal.NotFound("space", space.Id);
        await admission.EnterAsync(caller, null, space, cancellationToken).ConfigureAwait(false);
        return token;
    }
}
