namespace Flatfile.Api;

/// <summary>Users of the account.</summary>
public sealed class UsersClient
{
    private readonly ApiConnection _connection;

    internal UsersClient(ApiConnection connection) => _connection = connection;

    /// <summary>All users, or those with an address or a text in address or name.</summary>
    public IAsyncEnumerable<User> ListAsync(string? email = null, string? search = null, CancellationToken cancellationToken = default) => _connection.PagesAsync(
        page => _connection.At($"users{new ApiQuery().Add("email", email).Add("search", search).Add("pageSize", 100).Add("pageNumber", page)}"),
        AnswerJson.Default.EnvelopeListUser, item => item.Id, cancellationToken);

    /// <summary>Creates a user and sends an invitation.</summary>
    public Task<User> InviteAsync(UserInvite invite, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"users/invite"), JsonBody.Of(invite, FlatfileJson.Default.UserInvite)), AnswerJson.Default.EnvelopeUser, cancellationToken);

    /// <summary>Sends the invitation again.</summary>
    public Task ResendInviteAsync(string userId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"users/{userId}/resend-invite")), cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<User> GetAsync(string userId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"users/{userId}")), AnswerJson.Default.EnvelopeUser, cancellationToken);

    /// <summary>Changes the members that are set.</summary>
    public Task<User> UpdateAsync(string userId, UserUpdate update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"users/{userId}"), JsonBody.Of(update, FlatfileJson.Default.UserUpdate)), AnswerJson.Default.EnvelopeUser, cancellationToken);

    /// <summary>Superset: sets the password; tokens given out before are void.</summary>
    public Task SetPasswordAsync(string userId, string password, CancellationToken cancellationToken = default) => _connection.CommandAsync(
        ApiRequest.Post(_connection.At($"users/{userId}/password"), JsonBody.Of(new UserPassword { Password = password }, FlatfileJson.Default.UserPassword)), cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string userId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"users/{userId}")), cancellationToken);

    /// <summary>Its credentials for programs, without their secrets.</summary>
    public IAsyncEnumerable<ApiToken> ListApiTokensAsync(string userId, string tenantId, CancellationToken cancellationToken = default) => _connection.PagesAsync(
        page => _connection.At($"users/{userId}/api-token{new ApiQuery().Add("tenantId", tenantId).Add("pageSize", 100).Add("pageNumber", page)}"),
        AnswerJson.Default.EnvelopeListApiToken, item => item.ClientId, cancellationToken);

    /// <summary>Makes credentials for programs; the secret is shown this once.</summary>
    public Task<ApiToken> CreateApiTokenAsync(string userId, string tenantId, CancellationToken cancellationToken = default) => _connection.DataAsync(
        ApiRequest.Post(_connection.At($"users/{userId}/api-token{new ApiQuery().Add("tenantId", tenantId)}")), AnswerJson.Default.EnvelopeApiToken, cancellationToken);

    /// <summary>Exchanges the token of a link for a bearer token.</summary>
    public Task<ExchangedToken> ExchangeTokenAsync(TokenExchange exchange, CancellationToken cancellationToken = default) => _connection.DataAsync(
        ApiRequest.Post(_connection.At($"invitations/exchange"), JsonBody.Of(exchange, FlatfileJson.Default.TokenExchange)), AnswerJson.Default.EnvelopeExchangedToken, cancellationToken);

    /// <summary>The roles it was given.</summary>
    public IAsyncEnumerable<ActorRole> ListRolesAsync(string userId, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"users/{userId}/roles"), AnswerJson.Default.EnvelopeListActorRole, cancellationToken);

    /// <summary>Gives it a role on the account, an environment or a space.</summary>
    public Task<ActorRole> AssignRoleAsync(string userId, RoleAssignment role, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"users/{userId}/roles"), JsonBody.Of(role, FlatfileJson.Default.RoleAssignment)), AnswerJson.Default.EnvelopeActorRole, cancellationToken);

    /// <summary>Takes a role back.</summary>
    public Task DeleteRoleAsync(string userId, string actorRoleId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"users/{userId}/roles/{actorRoleId}")), cancellationToken);
}
