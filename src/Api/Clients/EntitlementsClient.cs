namespace Flatfile.Api;

/// <summary>What an account may use beyond the plain product.</summary>
public sealed class EntitlementsClient
{
    private readonly ApiConnection _connection;

    internal EntitlementsClient(ApiConnection connection) => _connection = connection;

    /// <summary>The entitlements of a resource, such as a space.</summary>
    public IAsyncEnumerable<Entitlement> ListAsync(string resourceId, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"entitlements{new ApiQuery().Add("resourceId", resourceId)}"), AnswerJson.Default.EnvelopeListEntitlement, cancellationToken);
}
