using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Api;
using Flatfile.Spaces.Records;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Tests.Records;

/// <summary>A space's record store in a file of its own, driven as the server drives it.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("records-").FullName;
    private readonly SqliteFile _file;
    private List<SheetDefinition> _sheets = [];
    private long _commit;

    private Store() => _file = new SqliteFile(Path.Combine(_folder, "space.db"));

    public long LastCommit => _commit;

    public IReadOnlyList<SheetDefinition> Sheets => _sheets;

    /// <summary>Sheets from JSON configurations, numbered from 1.</summary>
    public static async Task<Store> WithAsync(params string[] configs)
    {
        var store = new Store();
        await store._file.WriteAsync(connection =>
        {
            RecordTables.Initialize(connection);
            RecordTables.AddChanges(connection);
            Statement.Execute(connection, SoughtIndexes.Schema);
        }, CancellationToken.None);
        await store.ApplyAsync([.. configs.Select((config, i) => Definition(i + 1, config))]);
        return store;
    }

    public static SheetDefinition Definition(int number, string config)
    {
        var parsed = JsonSerializer.Deserialize(config, FlatfileJson.Default.SheetConfig)!;
        return new SheetDefinition(number, parsed.Slug ?? parsed.Name, parsed);
    }

    /// <summary>A sheet named <c>s</c> with these fields.</summary>
    public static Task<Store> WithFieldsAsync(string fields) => WithAsync($$"""{"name":"s","slug":"s","fields":[{{fields}}]}""");

    public async Task ApplyAsync(List<SheetDefinition> sheets)
    {
        await _file.WriteAsync(connection => RecordTables.Apply(connection, _sheets, sheets), CancellationToken.None);
        _sheets = sheets;
    }

    public Task<InsertResult> InsertAsync(string body, int sheet = 1)
    {
        var commit = ++_commit;
        return WriteAsync((connection, schema) => RecordWriter.Insert(connection, schema, Encoding.UTF8.GetBytes(body), commit), sheet);
    }

    /// <summary>Inserts rows of one value each.</summary>
    public Task<InsertResult> InsertValuesAsync(string field, int sheet, params string?[] values) =>
        InsertAsync(new JsonArray([.. values.Select(value => (JsonNode)new JsonObject { [field] = new JsonObject { ["value"] = value } })]).ToJsonString(), sheet);

    public Task<UpdateResult> UpdateAsync(string body, int sheet = 1, bool stampAll = false)
    {
        var commit = ++_commit;
        return WriteAsync((connection, schema) => RecordWriter.Update(connection, schema, Encoding.UTF8.GetBytes(body), UpdateStamp.New(commit, stampAll)), sheet);
    }

    /// <summary>Sets one cell of one row.</summary>
    public Task<UpdateResult> SetAsync(long row, string field, string? value, int sheet = 1) =>
        UpdateAsync(new JsonArray(new JsonObject
        {
            ["id"] = RecordId.Of(sheet, row),
            ["values"] = new JsonObject { [field] = new JsonObject { ["value"] = value } },
        }).ToJsonString(), sheet);

    public Task<UpdateResult> WriteBackAsync(string body, long commit, int sheet = 1) =>
        WriteAsync((connection, schema) => RecordWriter.Update(connection, schema, Encoding.UTF8.GetBytes(body), UpdateStamp.WriteBack(connection, sheet, commit)), sheet);

    public Task<long> DeleteAsync(RowQuery query, int sheet = 1) =>
        WriteAsync((connection, schema) => RecordWriter.Delete(connection, schema, query), sheet);

    public Task<long> DeleteAsync(int sheet, params long[] rows) =>
        DeleteAsync(new RowQuery { Ids = [.. rows.Select(row => RecordId.Of(sheet, row))] }, sheet);

    public Task<T> WriteAsync<T>(Func<SqliteConnection, SheetSchema, T> write, int sheet = 1) =>
        _file.WriteAsync(connection => write(connection, WorkbookSchema.Load(connection, _sheets)[sheet]), CancellationToken.None);

    public Task<T> ReadAsync<T>(Func<SqliteConnection, SheetSchema, T> read, int sheet = 1) =>
        _file.ReadAsync(connection => read(connection, WorkbookSchema.Load(connection, _sheets)[sheet]), CancellationToken.None);

    public Task<string> TextAsync(RowQuery? query = null, int sheet = 1) => ReadAsync((connection, schema) =>
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            RecordReader.Write(connection, schema, query ?? new RowQuery(), writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }, sheet);

    public async Task<JsonArray> RowsAsync(RowQuery? query = null, int sheet = 1) => JsonNode.Parse(await TextAsync(query, sheet))!.AsArray();

    /// <summary>The values of one field, in order.</summary>
    public async Task<List<string?>> ValuesAsync(string field, RowQuery? query = null, int sheet = 1) =>
        [.. (await RowsAsync(query, sheet)).Select(row => row!["values"]![field]!["value"]?.ToString())];

    public async Task<JsonNode> CellAsync(long row, string field, int sheet = 1) =>
        (await RowsAsync(new RowQuery { Ids = [RecordId.Of(sheet, row)] }, sheet))[0]!["values"]![field]!;

    /// <summary>For each row the sources of a field's messages, joined.</summary>
    public async Task<string> SourcesAsync(string field, int sheet = 1)
    {
        var rows = await RowsAsync(sheet: sheet);
        return string.Join(' ', rows.Select(row => string.Join('+', row!["values"]![field]!["messages"]!.AsArray().Select(message => message!["source"])) is { Length: > 0 } text ? text : "-"));
    }

    public Task<RecordCounts> CountAsync(RowQuery? query = null, int sheet = 1) =>
        ReadAsync((connection, schema) => RecordReader.Count(connection, schema, query ?? new RowQuery()), sheet);

    /// <summary>Whether the counters agree with the rows, in every sheet and block.</summary>
    public async Task<bool> CountsAreTrueAsync()
    {
        var isTrue = true;
        foreach (var sheet in _sheets)
        {
            isTrue &= await ReadAsync((connection, schema) =>
                Statement.Scalar(connection, $"SELECT COUNT(*) FROM {schema.Table}") == Tally.Counts(connection, schema.Number).Total
                && Statement.Scalar(connection, $"SELECT COUNT(bad) FROM {schema.Table}") == Tally.Counts(connection, schema.Number).Error
                && Statement.Scalar(connection, "SELECT IFNULL(SUM(total), 0) FROM record_blocks WHERE sheet = ?", schema.Number) == Tally.Counts(connection, schema.Number).Total
                && Statement.Scalar(connection, "SELECT IFNULL(SUM(errors), 0) FROM record_blocks WHERE sheet = ?", schema.Number) == Tally.Counts(connection, schema.Number).Error,
                sheet.Number);
        }

        return isTrue;
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
