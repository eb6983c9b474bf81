namespace Flatfile.Api;

/// <summary>Sheets.</summary>
public sealed class SheetsClient
{
    private readonly ApiConnection _connection;

    internal SheetsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Reads one.</summary>
    public Task<Sheet> GetAsync(string sheetId, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"sheets/{sheetId}")), AnswerJson.Default.EnvelopeSheet, cancellationToken);

    /// <summary>Changes the members that are set; see <see cref="UpdateBody.Clear"/> for emptying one.</summary>
    public Task<Sheet> UpdateAsync(string sheetId, SheetUpdate update, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Patch(_connection.At($"sheets/{sheetId}"), JsonBody.Of(update, FlatfileJson.Default.SheetUpdate)), AnswerJson.Default.EnvelopeSheet, cancellationToken);

    /// <summary>Makes a second sheet like it, with its rows.</summary>
    public Task<Sheet> DuplicateAsync(string sheetId, SheetDuplicate? copy = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Post(_connection.At($"sheets/{sheetId}/duplicate"), JsonBody.Of(copy ?? new SheetDuplicate(), FlatfileJson.Default.SheetDuplicate)),
            AnswerJson.Default.EnvelopeSheet, cancellationToken);

    /// <summary>Deletes it.</summary>
    public Task DeleteAsync(string sheetId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Delete(_connection.At($"sheets/{sheetId}")), cancellationToken);

    /// <summary>The sheets of a workbook.</summary>
    public IAsyncEnumerable<Sheet> ListAsync(string workbookId, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"sheets{new ApiQuery().Add("workbookId", workbookId)}"), AnswerJson.Default.EnvelopeListSheet, cancellationToken);

    /// <summary>How many rows a selection holds.</summary>
    public async Task<RecordCounts> GetRecordCountsAsync(string sheetId, RecordQuery? query = null, bool? byField = null, CancellationToken cancellationToken = default)
    {
        var address = _connection.At($"sheets/{sheetId}/counts{(query ?? new RecordQuery()).ToSelection().Add("byField", byField)}");
        return (await _connection.DataAsync(ApiRequest.Get(address), AnswerJson.Default.EnvelopeSheetCounts, cancellationToken).ConfigureAwait(false)).Counts;
    }

    /// <summary>Statistics of the columns in a selection.</summary>
    public IAsyncEnumerable<Calculation> GetCalculationsAsync(string sheetId, RecordQuery? query = null, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"sheets/{sheetId}/calculations{(query ?? new RecordQuery()).ToSelection()}"), AnswerJson.Default.EnvelopeListCalculation, cancellationToken);

    /// <summary>Values by field, each different one once unless told otherwise; one page of each field.</summary>
    public async Task<IReadOnlyDictionary<string, List<CellValueCounts>>> GetCellValuesAsync(
        string sheetId, CellsQuery? query = null, int pageNumber = 1, CancellationToken cancellationToken = default) =>
        await _connection.DataAsync(
            ApiRequest.Get(_connection.At($"sheets/{sheetId}/cells{(query ?? new CellsQuery()).ToQuery(pageNumber)}")),
            AnswerJson.Default.EnvelopeDictionaryStringListCellValueCounts, cancellationToken).ConfigureAwait(false);

    /// <summary>Adds a field, at the end unless told where.</summary>
    public Task<Property> AddFieldAsync(string sheetId, Property field, int? insertAtIndex = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Post(_connection.At($"sheets/{sheetId}/fields{new ApiQuery().Add("insertAtIndex", insertAtIndex)}"), JsonBody.Of(field, FlatfileJson.Default.Property)),
            AnswerJson.Default.EnvelopeProperty, cancellationToken);

    /// <summary>The commits; with <paramref name="completed"/> only those, or only the open ones.</summary>
    public IAsyncEnumerable<Commit> ListCommitsAsync(string sheetId, bool? completed = null, CancellationToken cancellationToken = default) =>
        _connection.ListAsync(_connection.At($"sheets/{sheetId}/commits{new ApiQuery().Add("completed", completed)}"), AnswerJson.Default.EnvelopeListCommit, cancellationToken);

    /// <summary>Runs hooks and constraints again.</summary>
    public Task ValidateAsync(string sheetId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"sheets/{sheetId}/validate")), cancellationToken);

    /// <summary>Locks it against changes.</summary>
    public Task LockAsync(string sheetId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"sheets/{sheetId}/lock")), cancellationToken);

    /// <summary>Frees it.</summary>
    public Task UnlockAsync(string sheetId, CancellationToken cancellationToken = default) =>
        _connection.CommandAsync(ApiRequest.Post(_connection.At($"sheets/{sheetId}/unlock")), cancellationToken);

    /// <summary>The rows as CSV, read as they come; disposing the stream ends the call.</summary>
    public Task<Stream> DownloadCsvAsync(string sheetId, RecordQuery? query = null, CancellationToken cancellationToken = default) =>
        _connection.SendForStreamAsync(ApiRequest.Get(_connection.At($"sheets/{sheetId}/download{(query ?? new RecordQuery()).ToSelection()}")), cancellationToken);
}
