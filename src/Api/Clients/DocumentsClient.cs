namespace Flatfile.Api;

/// <summary>Documents of a space.</summary>
public sealed class DocumentsClient
{
    private readonly ApiConnection _connection;

    internal DocumentsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Creates a document.</summary>
    public Task<Document> CreateAsync(string spaceId, DocumentConfig config, CancellationToken cancellationToken = default) => CreateAsync(spaceId, config, null, cancellationToken);

    /// <inheritdoc cref="CreateAsync(string, DocumentConfig, CancellationToken)" />
    public Task<Document> CreateAsync(string spaceId, DocumentConfig config, RequestOptions? options, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"spaces/{spaceId}/documents"), JsonBody.Of(config, FlatfileJson.Default.DocumentConfig), options), AnswerJson.Default.EnvelopeDocument, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<Document> GetAsync(string spaceId, string documentId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"spaces/{spaceId}/documents/{documentId}")), AnswerJson.Default.EnvelopeDocument, cancellationToken);

    /// <summary>Changes it; title and body are always sent.</summary>
    public Task<Document> UpdateAsync(string spaceId, string documentId, DocumentConfig update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"spaces/{spaceId}/documents/{documentId}"), JsonBody.Of(update, FlatfileJson.Default.DocumentConfig)), AnswerJson.Default.EnvelopeDocument, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string spaceId, string documentId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"spaces/{spaceId}/documents/{documentId}")), cancellationToken);

    /// <summary>The documents of a space.</summary>
    public IAsyncEnumerable<Document> ListAsync(string spaceId, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"spaces/{spaceId}/documents"), AnswerJson.Default.EnvelopeListDocument, cancellationToken);
}
