using System.Globalization;
using Flatfile.Spaces.Auth.Guests;
using Flatfile.Spaces.Auth.Users;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Auth;

/// <summary>Signed bearer tokens of users, guests and keys. Each names a stored row and its generation, which is looked up at every call.</summary>
internal sealed class AccessTokens(SignedToken tokens, CentralStore central, KeyRing ring, SpaceRegistry registry, TimeProvider time)
{
    private const string UserKind = "ut";
    private const string GuestKind = "gt";
    private const string KeyKind = "kt";

    /// <summary>A user's token.</summary>
    public string OfUser(string userId, long generation, TimeSpan life, DateTimeOffset signedIn) => Issue(UserKind, userId, generation, null, life, signedIn);

    /// <summary>A token that stands for a key.</summary>
    public string OfKey(string keyId, TimeSpan life, DateTimeOffset signedIn) => Issue(KeyKind, keyId, 0, null, life, signedIn);

    /// <summary>A guest's token, for all its spaces or for one.</summary>
    public string OfGuest(string guestId, long generation, long? space, TimeSpan life) => Issue(GuestKind, guestId, generation, space, life, time.GetUtcNow());

    /// <summary>A token for a space alone, of a guest without a name; the same all day.</summary>
    public string OfSpace(long space, TimeSpan life) =>
        tokens.IssueForToday(GuestKind, Subject("", 0, space, new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero)), life);

    /// <summary>Who a token is of; null when it is none, is too old, or what it names is gone.</summary>
    public async Task<Principal?> FindAsync(string token, CancellationToken cancellationToken) =>
        await OpenAsync(token, cancellationToken).ConfigureAwait(false) is { } opened ? opened.Caller : null;

    /// <summary>As <see cref="FindAsync"/>, with when the bearer last proved itself and how to make a younger token of it.</summary>
    public async Task<(Principal Caller, DateTimeOffset SignedIn, Func<TimeSpan, string> Renew)?> OpenAsync(string token, CancellationToken cancellationToken)
    {
        foreach (var kind in (string[])[UserKind, GuestKind, KeyKind])
        {
            if (tokens.Open(kind, token) is not { } subject || subject.Split('|') is not [var id, var generationText, var spaceText, var sinceText])
            {
                continue;
            }

            var generation = long.Parse(generationText, CultureInfo.InvariantCulture);
            var space = spaceText.Length == 0 ? (long?)null : long.Parse(spaceText, CultureInfo.InvariantCulture);
            var since = DateTimeOffset.FromUnixTimeSeconds(long.Parse(sinceText, CultureInfo.InvariantCulture));
            var caller = kind switch
            {
                UserKind => await central.ReadAsync(
                    connection => UserStore.Principal(connection, id, generation, central.AccountId, ring.HomeEnvironment), cancellationToken).ConfigureAwait(false),
                KeyKind => OfKey(id),
                _ => await GuestAsync(id, generation, space, cancellationToken).ConfigureAwait(false),
            };
            return caller is null ? null : (caller, since, life => Issue(kind, id, generation, space, life, since));
        }

        return null;
    }

    /// <summary>The caller an actor is now, whatever it proved itself with; null when it is gone. A guest without a name goes by the space in its id.</summary>
    public async Task<Principal?> OfActorAsync(string actorId, CancellationToken cancellationToken)
    {
        if (OfKey(actorId) is { } key)
        {
            return key;
        }

        if (ResourceId.TryParse(IdPrefix.Guest, actorId, out var nameless) && nameless.Number == 0
            && await GuestAsync("", 0, nameless.Space, cancellationToken).ConfigureAwait(false) is { } guest)
        {
            return guest;
        }

        var now = time.GetUtcNow();
        return await central.ReadAsync(
            connection => UserStore.Principal(connection, actorId, UserStore.Generation(connection, actorId), central.AccountId, ring.HomeEnvironment)
                ?? GuestStore.Principal(connection, actorId, GuestStore.Generation(connection, actorId), null, central.AccountId, now),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The caller a key is.</summary>
    public Principal? OfKey(string keyId) => ring.ById(keyId) is { } key ? Of(key) : null;

    /// <inheritdoc cref="OfKey(string)" />
    public Principal Of(KnownKey key) => new(key.Kind, key.Id, key.EnvironmentId, central.AccountId);

    private async Task<Principal?> GuestAsync(string id, long generation, long? space, CancellationToken cancellationToken)
    {
        var only = space is { } number ? await registry.FindAsync(number, cancellationToken).ConfigureAwait(false) : null;
        if (space is not null && only is null)
        {
            return null;
        }

        if (id.Length == 0)
        {
            return only is null ? null : new Principal(PrincipalKind.Guest, new ResourceId(IdPrefix.Guest, only.Number, 0).ToString(), only.EnvironmentId, central.AccountId)
            {
                GuestOf = new HashSet<long> { only.Number },
            };
        }

        var now = time.GetUtcNow();
        return await central.ReadAsync(
            connection => GuestStore.Principal(connection, id, generation, space, central.AccountId, now), cancellationToken).ConfigureAwait(false);
    }

    private string Issue(string kind, string id, long generation, long? space, TimeSpan life, DateTimeOffset signedIn) =>
        tokens.Issue(kind, Subject(id, generation, space, signedIn), life);

    private static string Subject(string id, long generation, long? space, DateTimeOffset signedIn) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}|{generation}|{space}|{signedIn.ToUnixTimeSeconds()}");
}
