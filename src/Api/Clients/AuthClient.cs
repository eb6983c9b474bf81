namespace Flatfile.Api;

/// <summary>Keys and tokens.</summary>
public sealed class AuthClient
{
    private readonly ApiConnection _connection;

    internal AuthClient(ApiConnection connection) => _connection = connection;

    /// <summary>Signs in.</summary>
    public Task<AccessToken> CreateAccessTokenAsync(Credentials credentials, CancellationToken cancellationToken = default) =>
        _connection.BareAsync(ApiRequest.Post(_connection.At($"auth"), JsonBody.Of(credentials, FlatfileJson.Default.Credentials)), FlatfileJson.Default.AccessToken, cancellationToken);

    /// <summary>A younger token for one that is still good.</summary>
    public Task<AccessToken> RefreshTokenAsync(string token, CancellationToken cancellationToken = default) =>
        _connection.BareAsync(ApiRequest.Post(_connection.At($"auth/refresh-token"), JsonBody.Of(token, FlatfileJson.Default.String)), FlatfileJson.Default.AccessToken, cancellationToken);

    /// <summary>The keys of an environment, without the keys themselves.</summary>
    public IAsyncEnumerable<ApiKey> ListApiKeysAsync(string environmentId, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"auth/api-keys{new ApiQuery().Add("environmentId", environmentId)}"), AnswerJson.Default.EnvelopeListApiKey, cancellationToken);

    /// <summary>The publishable key of an environment.</summary>
    public Task<ApiKey> GetPublishableKeyAsync(string environmentId, CancellationToken cancellationToken = default) => _connection.DataAsync(
        ApiRequest.Get(_connection.At($"auth/publishable-key{new ApiQuery().Add("environmentId", environmentId)}")), AnswerJson.Default.EnvelopeApiKey, cancellationToken);

    /// <summary>Makes a key, <c>SECRET</c> or <c>PUBLISHABLE</c>; a secret one is shown this once.</summary>
    public async Task<ApiKey> CreateApiKeyAsync(string environmentId, string type, CancellationToken cancellationToken = default) => (await _connection.DataAsync(
        ApiRequest.Post(_connection.At($"auth/api-key{new ApiQuery().Add("environmentId", environmentId).Add("type", type)}")), AnswerJson.Default.EnvelopeListApiKey, cancellationToken)
        .ConfigureAwait(false))[0];

    /// <summary>Deletes a key, named by its id.</summary>
    public Task DeleteApiKeyAsync(string environmentId, string key, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"auth/api-key{new ApiQuery().Add("environmentId", environmentId).Add("key", key)}")), cancellationToken);

    /// <summary>The caller's personal access tokens, without the tokens themselves.</summary>
    public IAsyncEnumerable<PersonalAccessToken> ListPersonalAccessTokensAsync(CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"auth/personal-access-tokens"), AnswerJson.Default.EnvelopeListPersonalAccessToken, cancellationToken);

    /// <summary>Makes one; it is shown this once.</summary>
    public Task<CreatedPersonalAccessToken> CreatePersonalAccessTokenAsync(string name, CancellationToken cancellationToken = default) => _connection.DataAsync(
        ApiRequest.Post(_connection.At($"auth/personal-access-tokens"), JsonBody.Of(new PersonalAccessTokenConfig { Name = name }, FlatfileJson.Default.PersonalAccessTokenConfig)),
        AnswerJson.Default.EnvelopeCreatedPersonalAccessToken, cancellationToken);

    /// <summary>Deletes one.</summary>
    public Task DeletePersonalAccessTokenAsync(string accessTokenId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"auth/personal-access-tokens/{accessTokenId}")), cancellationToken);
}
