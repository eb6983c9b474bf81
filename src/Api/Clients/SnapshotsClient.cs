namespace Flatfile.Api;

/// <summary>Snapshots of sheets.</summary>
public sealed class SnapshotsClient
{
    private const int PageSize = 1_000;

    private readonly ApiConnection _connection;

    internal SnapshotsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Keeps the rows of a sheet as they are now.</summary>
    public Task<Snapshot> CreateAsync(SnapshotConfig config, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"snapshots"), JsonBody.Of(config, FlatfileJson.Default.SnapshotConfig)), AnswerJson.Default.EnvelopeSnapshot, cancellationToken);

    /// <summary>Reads one; with its summary, what changed since is counted.</summary>
    public Task<Snapshot> GetAsync(string snapshotId, bool includeSummary = false, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Get(_connection.At($"snapshots/{snapshotId}{new ApiQuery().Add("includeSummary", (bool?)includeSummary)}")), AnswerJson.Default.EnvelopeSnapshot, cancellationToken);

    /// <summary>Those of a sheet.</summary>
    public IAsyncEnumerable<Snapshot> ListAsync(string sheetId, string? threadId = null, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(
            _connection.At($"snapshots{new ApiQuery().Add("sheetId", sheetId).Add("threadId", threadId)}"), AnswerJson.Default.EnvelopeListSnapshot, cancellationToken);

    /// <summary>The rows that changed since, of one <see cref="ChangeType"/> or of all; one page.</summary>
    public async Task<IReadOnlyList<DiffRecord>> GetRecordsAsync(
        string snapshotId, string? changeType = null, int pageNumber = 1, int pageSize = PageSize, CancellationToken cancellationToken = default) =>
        await _connection.DataAsync(
            ApiRequest.Get(_connection.At($"snapshots/{snapshotId}/records{new ApiQuery().Add("changeType", changeType).Add("pageSize", pageSize).Add("pageNumber", pageNumber)}")),
            AnswerJson.Default.EnvelopeListDiffRecord, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes changes back: all of them, or the kinds named.</summary>
    public Task<Snapshot> RestoreAsync(string snapshotId, RestoreOptions? options = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Post(_connection.At($"snapshots/{snapshotId}/restore"), options is null ? null : JsonBody.Of(options, FlatfileJson.Default.RestoreOptions)),
            AnswerJson.Default.EnvelopeSnapshot, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string snapshotId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"snapshots/{snapshotId}")), cancellationToken);
}
