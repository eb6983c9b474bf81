namespace Flatfile.Api;

/// <summary>Roles.</summary>
public sealed class RolesClient
{
    private readonly ApiConnection _connection;

    internal RolesClient(ApiConnection connection) => _connection = connection;

    /// <summary>The roles there are.</summary>
    public IAsyncEnumerable<Role> ListAsync(CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"roles"), AnswerJson.Default.EnvelopeListRole, cancellationToken);
}
