namespace Flatfile.Api;

/// <summary>Commits.</summary>
public sealed class CommitsClient
{
    private readonly ApiConnection _connection;

    internal CommitsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Reads one.</summary>
    public Task<Commit> GetAsync(string commitId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"commits/{commitId}")), AnswerJson.Default.EnvelopeCommit, cancellationToken);

    /// <summary>Says that the hooks of this commit are done.</summary>
    public Task CompleteAsync(string commitId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"commits/{commitId}/complete")), cancellationToken);

    /// <summary>Raises its event again.</summary>
    public Task ReplayAsync(string commitId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"commits/{commitId}/replay")), cancellationToken);
}
