namespace Flatfile.Api;

/// <summary>Secrets.</summary>
public sealed class SecretsClient
{
    private readonly ApiConnection _connection;

    internal SecretsClient(ApiConnection connection) => _connection = connection;

    /// <summary>The secrets of an environment; with a space or an actor, theirs as well.</summary>
    public IAsyncEnumerable<Secret> ListAsync(SecretQuery? query = null, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"secrets{(query ?? new SecretQuery()).ToQuery()}"), AnswerJson.Default.EnvelopeListSecret, cancellationToken);

    /// <summary>Writes a secret, over the one of the same name, environment, space and actor.</summary>
    public Task<List<Secret>> UpsertAsync(WriteSecret secret, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"secrets"), JsonBody.Of(secret, FlatfileJson.Default.WriteSecret)), AnswerJson.Default.EnvelopeListSecret, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string secretId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"secrets/{secretId}")), cancellationToken);
}
