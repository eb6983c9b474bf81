using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Flatfile.Api;

/// <summary>Rows of a sheet. Bodies go compressed and are written while they are sent.</summary>
public sealed class RecordsClient
{
    private const int DeletedAtOnce = 100;

    private readonly ApiConnection _connection;

    internal RecordsClient(ApiConnection connection) => _connection = connection;

    /// <summary>Adds rows, each a map of field key to cell.</summary>
    public Task<RecordsPage> InsertAsync(
        string sheetId, IReadOnlyList<Dictionary<string, CellValue>> rows, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        InsertAsync(sheetId, RowsContent.PartsOf(rows, (writer, row) => JsonSerializer.Serialize(writer, row, FlatfileJson.Default.DictionaryStringCellValue)), options, cancellationToken);

    /// <summary>Adds rows the caller writes: one JSON array of <c>{"key": {"value": …}}</c>. Called again for a repeat, so it must write the same.</summary>
    public Task<RecordsPage> InsertAsync(string sheetId, Action<Utf8JsonWriter> writeRows, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        InsertAsync(sheetId, (IEnumerable<Action<Utf8JsonWriter>>)[writeRows], options, cancellationToken);

    /// <summary>Changes rows: those cells that are given, of the rows whose ids are given.</summary>
    public Task<RecordVersion> UpdateAsync(
        string sheetId, IReadOnlyList<FlatfileRecordData> rows, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(sheetId, RowsContent.PartsOf(rows, (writer, row) => JsonSerializer.Serialize(writer, row, FlatfileJson.Default.FlatfileRecordData)), options, cancellationToken);

    /// <summary>Changes rows the caller writes: one JSON array of <c>{"id", "values"}</c>. Called again for a repeat, so it must write the same.</summary>
    public Task<RecordVersion> UpdateAsync(string sheetId, Action<Utf8JsonWriter> writeRows, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(sheetId, [writeRows], options, cancellationToken);

    /// <summary>Deletes the rows named; an empty list deletes nothing.</summary>
    public async Task DeleteAsync(string sheetId, IReadOnlyList<string> recordIds, CancellationToken cancellationToken = default)
    {
        foreach (var some in recordIds.Chunk(DeletedAtOnce))
        {
            await _connection.CommandAsync(ApiRequest.Delete(_connection.At($"sheets/{sheetId}/records{new ApiQuery().Add("ids", some)}")), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads one page.</summary>
    public Task<RecordsPage> GetPageAsync(string sheetId, RecordQuery query, int pageNumber = 1, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(ApiRequest.Get(_connection.At($"sheets/{sheetId}/records{query.ToQuery(pageNumber)}")), AnswerJson.Default.EnvelopeRecordsPage, cancellationToken);

    /// <summary>Where records stand in a selection; those that are not in it are left out.</summary>
    public async Task<IReadOnlyList<RecordIndex>> GetIndicesAsync(
        string sheetId, IReadOnlyList<string> recordIds, RecordQuery? query = null, CancellationToken cancellationToken = default)
    {
        var selection = ((query ?? new RecordQuery()) with { Ids = recordIds }).ToSelection();
        return await _connection.BareAsync(ApiRequest.Get(_connection.At($"sheets/{sheetId}/records/indices{selection}")), AnswerJson.Default.ListRecordIndex, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Reads all rows of a selection in one answer, as they come; one row is in memory at a time.</summary>
    public async IAsyncEnumerable<RecordLine> ReadLinesAsync(
        string sheetId, RecordLinesQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var body = await OpenLinesAsync(sheetId, query, cancellationToken).ConfigureAwait(false);
        await using var closing = body.ConfigureAwait(false);
        using var reader = new StreamReader(body);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0)
            {
                yield return JsonSerializer.Deserialize(line, AnswerJson.Default.RecordLine)!;
            }
        }
    }

    /// <summary>The same rows as the bytes of their lines, for who reads millions; disposing the stream ends the call.</summary>
    public Task<Stream> OpenLinesAsync(string sheetId, RecordLinesQuery? query = null, CancellationToken cancellationToken = default) =>
        _connection.SendForStreamAsync(
            ApiRequest.Get(_connection.AtRoot($"v2-alpha/records.jsonl{(query ?? new RecordLinesQuery()).ToQuery(sheetId)}")), cancellationToken);

    /// <summary>Writes lines in their order, all or none: with an id they change their row, marked as deleted they delete it, without an id they add one.</summary>
    public Task<RecordLinesResult> WriteLinesAsync(
        string sheetId, IReadOnlyList<RecordLine> lines, RecordLinesWrite? how = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        _connection.BareAsync(
            ApiRequest.Post(
                _connection.AtRoot($"v2-alpha/records.jsonl{(how ?? new RecordLinesWrite()).ToQuery(sheetId)}"),
                _ => new LinesContent<RecordLine>(lines, FlatfileJson.Default.RecordLine),
                options),
            AnswerJson.Default.RecordLinesResult, cancellationToken);

    /// <summary>Puts one text in the place of another in a field's cells, in a selection or everywhere.</summary>
    public Task<RecordVersion> FindAndReplaceAsync(string sheetId, FindReplace what, RecordQuery? query = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Put(_connection.At($"sheets/{sheetId}/find-replace{(query ?? new RecordQuery()).ToSelection()}"), JsonBody.Of(what, FlatfileJson.Default.FindReplace)),
            AnswerJson.Default.EnvelopeRecordVersion, cancellationToken);

    /// <summary>Gives cells of all rows of a selection the same content; <paramref name="silent"/> tells no hooks.</summary>
    public Task<RecordVersion> BulkUpdateAsync(
        string sheetId, BulkUpdate update, RecordQuery query, bool silent = false, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Patch(
                _connection.At($"sheets/{sheetId}/records/bulk-update{query.ToSelection().Add("silent", silent ? true : (bool?)null)}"),
                JsonBody.Of(update, FlatfileJson.Default.BulkUpdate)),
            AnswerJson.Default.EnvelopeRecordVersion, cancellationToken);

    /// <summary>Reads page after page until one comes back empty; one page is in memory at a time.</summary>
    public async IAsyncEnumerable<RecordsPage> ReadPagesAsync(string sheetId, RecordQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var selection = query ?? new RecordQuery();
        for (var number = 1; ; number++)
        {
            var page = await GetPageAsync(sheetId, selection, number, cancellationToken).ConfigureAwait(false);
            if (page.Records.Count == 0)
            {
                yield break;
            }

            yield return page;
        }
    }

    /// <summary>
    /// Adds rows the caller writes in parts, which together are one JSON array of <c>{"key": {"value": …}}</c>: what is written goes out between
    /// two of them. Gone through again for a repeat, so they must write the same.
    /// </summary>
    public Task<RecordsPage> InsertAsync(
        string sheetId, IEnumerable<Action<Utf8JsonWriter>> parts, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        _connection.DataAsync(
            ApiRequest.Post(_connection.At($"sheets/{sheetId}/records"), limit => new RowsContent(parts, _connection.CompressesRows, limit), options), AnswerJson.Default.EnvelopeRecordsPage, cancellationToken);

    private Task<RecordVersion> UpdateAsync(string sheetId, IEnumerable<Action<Utf8JsonWriter>> parts, RequestOptions? options, CancellationToken cancellationToken) =>
        _connection.DataAsync(
            ApiRequest.Put(_connection.At($"sheets/{sheetId}/records"), limit => new RowsContent(parts, _connection.CompressesRows, limit), options), AnswerJson.Default.EnvelopeRecordVersion, cancellationToken);
}
