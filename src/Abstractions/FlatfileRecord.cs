using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>One row as a hook sees it: reads values, sets them, and writes messages. Not for use by two threads at once.</summary>
/// <remarks>Unknown fields read as null and cannot be set; the messages of constraints are visible to no hook and stay untouched.</remarks>
public sealed class FlatfileRecord
{
    private readonly ReadOnlyMemory<byte> _source;
    private readonly RecordFields _fields;
    private Dictionary<int, RecordCell>? _cells;
    private RecordJson? _json;
    private JsonObject? _newMetadata;
    private JsonObject? _newConfig;

    private FlatfileRecord(ReadOnlyMemory<byte> source, RecordFields fields)
    {
        _source = source;
        _fields = fields;
    }

    /// <summary>The record's id, <c>us_rc_…</c>.</summary>
    public string Id => Json.Id;

    /// <summary>The keys of the fields, in the order of the sheet.</summary>
    public IEnumerable<string> Fields => Json.Cells.Select(number => _fields[number]);

    /// <summary>True when a value, a message, the metadata or the config differs from what was read.</summary>
    public bool IsModified
    {
        get
        {
            var json = Json;
            return _cells?.Values.Any(c => c.IsModified) == true
                || (_newMetadata is not null && !JsonNode.DeepEquals(_newMetadata, json.Metadata))
                || ((_newConfig is not null || json.HasConfig) && !JsonNode.DeepEquals(_newConfig ?? [], json.Config));
        }
    }

    // Read when it is first asked for: most rows of a page are read once, when it is asked whether they changed.
    private RecordJson Json
    {
        get
        {
            if (_json is null)
            {
                _json = RecordJson.Read(_source, _fields);
                foreach (var number in _json.CellsWithMessages)
                {
                    (_cells ??= []).Add(number, new RecordCell(_json.Value(number), _json.Messages(number)));
                }
            }

            return _json;
        }
    }

    /// <summary>Reads a record in its wire form: <c>{"id", "values": {key: {"value", "messages"}}, "metadata", "config"}</c>.</summary>
    public static FlatfileRecord FromJson(JsonElement source) => FromJson(JsonMarshal.GetRawUtf8Value(source).ToArray(), new RecordFields());

    internal static FlatfileRecord FromJson(ReadOnlyMemory<byte> source, RecordFields fields) => new(source, fields);

    /// <summary>The value of a field; null when it is empty or unknown.</summary>
    public JsonNode? Get(string field) => Cell(field)?.Value;

    /// <summary>The value of a field as text, numbers in their JSON form; null when it is empty or unknown.</summary>
    public string? GetText(string field)
    {
        // Without making a cell of it: that is what hooks do most.
        if (Touched(field) is null)
        {
            return TextOf(Json.Value(_fields.Find(field)));
        }

        return Get(field) switch
        {
            null => null,
            JsonValue v when v.TryGetValue<string>(out var text) => text,
            var other => other.ToJsonString(),
        };
    }

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
        if (Cell(field) is not { } cell)
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
        Touched(field) is { } cell ? cell.Messages : [];

    /// <summary>Replaces the record's metadata.</summary>
    public void SetMetadata(JsonObject metadata) => _newMetadata = metadata;

    /// <summary>The record's metadata; empty when it has none.</summary>
    public JsonObject Metadata => _newMetadata ??= Json.Metadata;

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
        foreach (var (number, cell) in (_cells ?? []).Where(c => c.Value.IsModified).OrderBy(c => c.Key))
        {
            writer.WritePropertyName(_fields[number]);
            cell.Write(writer);
        }

        writer.WriteEndObject();
        writer.WritePropertyName("metadata");
        Metadata.WriteTo(writer);
        writer.WritePropertyName("config");
        (_newConfig ?? []).WriteTo(writer);
        writer.WriteEndObject();
    }

    private static string? TextOf(ReadOnlyMemory<byte> value)
    {
        if (value.IsEmpty)
        {
            return null;
        }

        var reader = new Utf8JsonReader(value.Span);
        reader.Read();
        return reader.TokenType == JsonTokenType.String ? reader.GetString() : Encoding.UTF8.GetString(value.Span);
    }

    private void Add(MessageLevel level, string field, string message, int? listItem) =>
        Cell(field)?.Add(new RecordMessage(level, message, Path: listItem is { } i ? $"$.value[{i}]" : null));

    /// <summary>The cell, made when it is first touched; null for an unknown field.</summary>
    private RecordCell? Cell(string field)
    {
        var (json, number) = (Json, _fields.Find(field));
        if (_cells?.TryGetValue(number, out var cell) == true)
        {
            return cell;
        }

        if (!json.Has(number))
        {
            return null;
        }

        cell = new RecordCell(json.Value(number), default);
        (_cells ??= []).Add(number, cell);
        return cell;
    }

    private RecordCell? Touched(string field)
    {
        _ = Json;
        return _cells?.GetValueOrDefault(_fields.Find(field));
    }
}
