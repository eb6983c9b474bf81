using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>One row as a hook sees it: reads values, sets them, and writes messages. Not for use by two threads at once.</summary>
/// <remarks>Unknown fields read as null and cannot be set; the messages of constraints are visible to no hook and stay untouched.</remarks>
public sealed class FlatfileRecord
{
    private readonly Dictionary<string, RecordCell> _cells;
    private readonly JsonObject _metadata;
    private readonly JsonObject _config;
    private JsonObject? _newMetadata;
    private JsonObject? _newConfig;

    private FlatfileRecord(string id, Dictionary<string, RecordCell> cells, JsonObject metadata, JsonObject config)
    {
        Id = id;
        _cells = cells;
        _metadata = metadata;
        _config = config;
    }

    /// <summary>The record's id, <c>us_rc_…</c>.</summary>
    public string Id { get; }

    /// <summary>The keys of the fields, in the order of the sheet.</summary>
    public IEnumerable<string> Fields => _cells.Keys;

    /// <summary>True when a value, a message, the metadata or the config differs from what was read.</summary>
    public bool IsModified =>
        _cells.Values.Any(c => c.IsModified)
        || (_newMetadata is not null && !JsonNode.DeepEquals(_newMetadata, _metadata))
        || !JsonNode.DeepEquals(_newConfig ?? [], _config);

    /// <summary>Reads a record in its wire form: <c>{"id", "values": {key: {"value", "messages"}}, "metadata", "config"}</c>.</summary>
    public static FlatfileRecord FromJson(JsonElement source)
    {
        // Cells are read when asked for, perhaps after the caller's document is gone. Of a document that stays, this copies nothing.
        source = source.Clone();
        var id = source.GetProperty("id").GetString()!;
        var cells = new Dictionary<string, RecordCell>(StringComparer.Ordinal);
        if (source.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Object)
        {
            foreach (var cell in values.EnumerateObject())
            {
                cells[cell.Name] = RecordCell.FromJson(cell.Value);
            }
        }

        return new FlatfileRecord(id, cells, ObjectOf(source, "metadata"), ObjectOf(source, "config"));
    }

    /// <summary>The value of a field; null when it is empty or unknown.</summary>
    public JsonNode? Get(string field) => _cells.TryGetValue(field, out var cell) ? cell.Value : null;

    /// <summary>The value of a field as text, numbers in their JSON form; null when it is empty or unknown.</summary>
    public string? GetText(string field) => Get(field) switch
    {
        null => null,
        JsonValue v when v.TryGetValue<string>(out var text) => text,
        var other => other.ToJsonString(),
    };

    /// <summary>The value of a field as a number; null when it is empty, unknown or not a number.</summary>
    public double? GetNumber(string field) =>
        GetText(field) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Sets a field to a text; null empties it. Returns false for an unknown field.</summary>
    public bool Set(string field, string? value) => Set(field, value is null ? null : JsonValue.Create(value));

    /// <summary>Sets a field to a number. Returns false for an unknown field.</summary>
    public bool Set(string field, double value) => Set(field, JsonValue.Create(value));

    /// <summary>Sets a field to a truth value. Returns false for an unknown field.</summary>
    public bool Set(string field, bool value) => Set(field, JsonValue.Create(value));

    /// <summary>Sets a field to any cell value; null empties it. Returns false for an unknown field.</summary>
    public bool Set(string field, JsonNode? value)
    {
        if (!_cells.TryGetValue(field, out var cell))
        {
            return false;
        }

        cell.Value = value;
        return true;
    }

    /// <summary>Marks a cell as invalid, with the reason.</summary>
    public void AddError(string field, string message, int? listItem = null) => Add(MessageLevel.Error, field, message, listItem);

    /// <summary>Marks a cell as doubtful, with the reason.</summary>
    public void AddWarning(string field, string message, int? listItem = null) => Add(MessageLevel.Warn, field, message, listItem);

    /// <summary>Adds a remark to a cell.</summary>
    public void AddInfo(string field, string message, int? listItem = null) => Add(MessageLevel.Info, field, message, listItem);

    /// <summary>The messages written in this run.</summary>
    public IReadOnlyList<RecordMessage> MessagesOf(string field) =>
        _cells.TryGetValue(field, out var cell) ? cell.Messages : [];

    /// <summary>Replaces the record's metadata.</summary>
    public void SetMetadata(JsonObject metadata) => _newMetadata = metadata;

    /// <summary>The record's metadata; empty when it has none.</summary>
    public JsonObject Metadata => _newMetadata ?? _metadata;

    /// <summary>Locks the named fields, or the whole row when none is named.</summary>
    public void SetReadOnly(params string[] fields)
    {
        _newConfig ??= [];
        if (fields.Length == 0)
        {
            _newConfig["readonly"] = true;
            return;
        }

        var byField = _newConfig["fields"] as JsonObject ?? [];
        _newConfig["fields"] = byField;
        foreach (var field in fields)
        {
            byField[field] = new JsonObject { ["readonly"] = true };
        }
    }

    /// <summary>Writes <c>{"id", "values": {changed cells only}, "metadata", "config"}</c>, the form a write-back takes.</summary>
    public void WriteChanges(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteStartObject("values");
        foreach (var (key, cell) in _cells.Where(c => c.Value.IsModified))
        {
            writer.WritePropertyName(key);
            cell.Write(writer);
        }

        writer.WriteEndObject();
        writer.WritePropertyName("metadata");
        Metadata.WriteTo(writer);
        writer.WritePropertyName("config");
        (_newConfig ?? []).WriteTo(writer);
        writer.WriteEndObject();
    }

    private static JsonObject ObjectOf(JsonElement source, string name) =>
        source.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? JsonObject.Create(value)! : [];

    private void Add(MessageLevel level, string field, string message, int? listItem)
    {
        if (_cells.TryGetValue(field, out var cell))
        {
            cell.Add(new RecordMessage(level, message, Path: listItem is { } i ? $"$.value[{i}]" : null));
        }
    }
}
