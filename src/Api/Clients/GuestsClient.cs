namespace Flatfile.Api;

/// <summary>Guests.</summary>
public sealed class GuestsClient
{
    private readonly ApiConnection _connection;

    internal GuestsClient(ApiConnection connection) => _connection = connection;

    /// <summary>The guests of a space, those with an address alone where one is given.</summary>
    public IAsyncEnumerable<Guest> ListAsync(string spaceId, string? email = null, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"guests{new ApiQuery().Add("spaceId", spaceId).Add("email", email)}"), AnswerJson.Default.EnvelopeListGuest, cancellationToken);

    /// <summary>Creates guests; a lasting one whose address is known joins the spaces named.</summary>
    public Task<List<Guest>> CreateAsync(IReadOnlyList<GuestConfig> guests, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"guests"), JsonBody.Of(guests.ToList(), FlatfileJson.Default.ListGuestConfig)), AnswerJson.Default.EnvelopeListGuest, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<Guest> GetAsync(string guestId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"guests/{guestId}")), AnswerJson.Default.EnvelopeGuest, cancellationToken);

    /// <summary>Changes the members that are set; the spaces are replaced.</summary>
    public Task<Guest> UpdateAsync(string guestId, GuestConfig update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"guests/{guestId}"), JsonBody.Of(update, FlatfileJson.Default.GuestConfig)), AnswerJson.Default.EnvelopeGuest, cancellationToken);

    /// <summary>Deletes it; with a space, from that space only.</summary>
    public Task DeleteAsync(string guestId, string? spaceId = null, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"guests/{guestId}{new ApiQuery().Add("spaceId", spaceId)}")), cancellationToken);

    /// <summary>A token for all its spaces, or for one.</summary>
    public Task<GuestToken> GetTokenAsync(string guestId, string? spaceId = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"guests/{guestId}/token{new ApiQuery().Add("spaceId", spaceId)}")), AnswerJson.Default.EnvelopeGuestToken, cancellationToken);

    /// <summary>Sends guests their links.</summary>
    public Task InviteAsync(IReadOnlyList<Invite> invites, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"invitations"), JsonBody.Of(invites.ToList(), FlatfileJson.Default.ListInvite)), cancellationToken);

    /// <summary>The roles it was given.</summary>
    public IAsyncEnumerable<ActorRole> ListRolesAsync(string guestId, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"guests/{guestId}/roles"), AnswerJson.Default.EnvelopeListActorRole, cancellationToken);

    /// <summary>Gives it a role on a space.</summary>
    public Task<ActorRole> AssignRoleAsync(string guestId, RoleAssignment role, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"guests/{guestId}/roles"), JsonBody.Of(role, FlatfileJson.Default.RoleAssignment)), AnswerJson.Default.EnvelopeActorRole, cancellationToken);

    /// <summary>Takes a role back.</summary>
    public Task DeleteRoleAsync(string guestId, string actorRoleId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"guests/{guestId}/roles/{actorRoleId}")), cancellationToken);
}
