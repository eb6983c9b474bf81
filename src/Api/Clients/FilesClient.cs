namespace Flatfile.Api;

/// <summary>Files and their bytes.</summary>
public sealed class FilesClient
{
    private readonly ApiConnection _connection;

    internal FilesClient(ApiConnection connection) => _connection = connection;

    /// <summary>Sends a file from where the stream stands; it passes through a small buffer. Repeated after a fault only when the stream can seek.</summary>
    /// <param name="spaceId">The space it belongs to.</param>
    /// <param name="environmentId">The environment; null takes that of the client's options.</param>
    /// <param name="name">The file's name, a label: any text.</param>
    /// <param name="content">The bytes; stays open.</param>
    /// <param name="upload">Mode, origin, progress.</param>
    /// <param name="options">The idempotency key of the upload.</param>
    /// <param name="cancellationToken">Breaks the upload off.</param>
    public Task<FlatfileFile> UploadAsync(
        string spaceId, string? environmentId, string name, Stream content, FileUpload? upload = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var environment = environmentId ?? _connection.Options.EnvironmentId
            ?? throw new ArgumentException("An upload needs an environment: give one, or set EnvironmentId in the client's options.", nameof(environmentId));
        var source = new UploadSource(content);
        var request = ApiRequest.Upload(
            _connection.At($"files"),
            limit => new UploadContent(spaceId, environment, name, upload ?? new FileUpload(), source, limit),
            options,
            () => source.CanStartAgain);
        return _connection.DataAsync(request, AnswerJson.Default.EnvelopeFlatfileFile, cancellationToken);
    }

    /// <summary>The bytes, read as they come; disposing the stream ends the call.</summary>
    public Task<Stream> DownloadAsync(string fileId, CancellationToken cancellationToken = default) =>
        _connection.SendForStreamAsync(ApiRequest.Get(_connection.At($"files/{fileId}/download")), cancellationToken);

    /// <summary>
    /// Superset: the account of an extracted file, <c>{"data":{"rowsRead":…,"rowsWritten":…,"rowsRefused":…,"decisions":[…],"tables":[…],"refused":[{"row":…,"reason":…}]}}</c>,
    /// read as it comes; disposing the stream ends the call.
    /// </summary>
    /// <exception cref="FlatfileApiException">404: the file was not extracted here.</exception>
    public Task<Stream> DownloadLedgerAsync(string fileId, CancellationToken cancellationToken = default) =>
        _connection.SendForStreamAsync(ApiRequest.Get(_connection.At($"files/{fileId}/ledger")), cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<FlatfileFile> GetAsync(string fileId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"files/{fileId}")), AnswerJson.Default.EnvelopeFlatfileFile, cancellationToken);

    /// <summary>Changes the members that are set; see <see cref="UpdateBody.Clear"/> for emptying one.</summary>
    public Task<FlatfileFile> UpdateAsync(string fileId, FileUpdate update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"files/{fileId}"), JsonBody.Of(update, FlatfileJson.Default.FileUpdate)), AnswerJson.Default.EnvelopeFlatfileFile, cancellationToken);

    /// <summary>Deletes it and its bytes.</summary>
    public Task DeleteAsync(string fileId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"files/{fileId}")), cancellationToken);

    /// <summary>The files a query selects.</summary>
    public IAsyncEnumerable<FlatfileFile> ListAsync(FileQuery? query = null, CancellationToken cancellationToken = default)
    {
        var selection = query ?? new FileQuery();
        return _connection.PagesAsync(page => _connection.At($"files{selection.ToQuery(page)}"), AnswerJson.Default.EnvelopeListFlatfileFile, item => item.Id, cancellationToken);
    }

    /// <summary>The files of a space.</summary>
    public IAsyncEnumerable<FlatfileFile> ListAsync(string spaceId, CancellationToken cancellationToken = default) =>
        ListAsync(new FileQuery { SpaceId = spaceId }, cancellationToken);
}
