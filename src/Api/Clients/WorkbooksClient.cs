namespace Flatfile.Api;

/// <summary>Workbooks.</summary>
public sealed class WorkbooksClient
{
    private readonly ApiConnection _connection;

    internal WorkbooksClient(ApiConnection connection) => _connection = connection;

    /// <summary>Creates a workbook with its sheets.</summary>
    public Task<Workbook> CreateAsync(WorkbookConfig config, CancellationToken cancellationToken = default) => CreateAsync(config, null, cancellationToken);

    /// <inheritdoc cref="CreateAsync(WorkbookConfig, CancellationToken)" />
    public Task<Workbook> CreateAsync(WorkbookConfig config, RequestOptions? options, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Post(_connection.At($"workbooks"), JsonBody.Of(config, FlatfileJson.Default.WorkbookConfig), options), AnswerJson.Default.EnvelopeWorkbook, cancellationToken);

    /// <summary>Reads one.</summary>
    public Task<Workbook> GetAsync(string workbookId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"workbooks/{workbookId}")), AnswerJson.Default.EnvelopeWorkbook, cancellationToken);

    /// <summary>Changes the members that are set; see <see cref="UpdateBody.Clear"/> for emptying one.</summary>
    public Task<Workbook> UpdateAsync(string workbookId, WorkbookUpdate update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"workbooks/{workbookId}"), JsonBody.Of(update, FlatfileJson.Default.WorkbookUpdate)), AnswerJson.Default.EnvelopeWorkbook, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string workbookId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"workbooks/{workbookId}")), cancellationToken);

    /// <summary>The workbooks a query selects.</summary>
    public IAsyncEnumerable<Workbook> ListAsync(WorkbookQuery? query = null, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"workbooks{(query ?? new WorkbookQuery()).ToQuery()}"), AnswerJson.Default.EnvelopeListWorkbook, cancellationToken);

    /// <summary>The workbooks of a space.</summary>
    public IAsyncEnumerable<Workbook> ListAsync(string spaceId, CancellationToken cancellationToken = default) =>
        ListAsync(new WorkbookQuery { SpaceId = spaceId }, cancellationToken);

    /// <summary>The commits of all its sheets; with <paramref name="completed"/> only those, or only the open ones.</summary>
    public IAsyncEnumerable<Commit> ListCommitsAsync(string workbookId, bool? completed = null, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"workbooks/{workbookId}/commits{new ApiQuery().Add("completed", completed)}"), AnswerJson.Default.EnvelopeListCommit, cancellationToken);
}
