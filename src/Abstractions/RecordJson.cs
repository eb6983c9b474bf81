using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Agent;

/// <summary>
/// The JSON of one row, and where its parts stand in it. Hooks look at few of a page's many cells: the text is kept as it came, and parts are made
/// into objects when they are asked for.
/// </summary>
internal sealed class RecordJson
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly RecordFields _fields;
    private readonly List<Part> _cells;
    private Range _metadata;
    private Range _config;

    private RecordJson(ReadOnlyMemory<byte> json, RecordFields fields)
    {
        _json = json;
        _fields = fields;
        _cells = new List<Part>(fields.Count);
    }

    public string Id { get; private set; } = "";

    /// <summary>The numbers of the fields that the row has, in its order.</summary>
    public IEnumerable<int> Cells => _cells.Select(cell => cell.Field);

    /// <summary>Those of them that carry messages.</summary>
    public IEnumerable<int> CellsWithMessages => _cells.Where(cell => cell.Messages.End.Value > 0).Select(cell => cell.Field);

    public JsonObject Metadata => ObjectOf(_metadata);

    public JsonObject Config => ObjectOf(_config);

    /// <summary>False for a row without config, or with an empty one.</summary>
    public bool HasConfig => _config.End.Value - _config.Start.Value > 2;

    public static RecordJson Read(ReadOnlyMemory<byte> json, RecordFields fields)
    {
        var row = new RecordJson(json, fields);
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("values"u8))
            {
                row.ReadCells(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                row.Id = reader.GetString() ?? "";
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                row._metadata = NextValue(ref reader, JsonTokenType.StartObject);
            }
            else if (reader.ValueTextEquals("config"u8))
            {
                row._config = NextValue(ref reader, JsonTokenType.StartObject);
            }
            else
            {
                reader.Skip();
            }
        }

        return row;
    }

    public bool Has(int field) => Find(field) is not null;

    /// <summary>The cell's value as JSON; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Value(int field) => Find(field) is { } cell ? _json[cell.Value] : default;

    /// <summary>The cell's messages as a JSON array; empty when there are none.</summary>
    public ReadOnlyMemory<byte> Messages(int field) => Find(field) is { } cell ? _json[cell.Messages] : default;

    private void ReadCells(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = _fields.Of(ref reader, expected);
            expected = field + 1;
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                _cells.Add(ReadCell(ref reader, field));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static Part ReadCell(ref Utf8JsonReader reader, int field)
    {
        var (value, messages) = (default(Range), default(Range));
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("value"u8))
            {
                value = NextValue(ref reader, null);
            }
            else if (reader.ValueTextEquals("messages"u8))
            {
                messages = NextValue(ref reader, JsonTokenType.StartArray);
                messages = messages.End.Value - messages.Start.Value > 2 ? messages : default;
            }
            else
            {
                reader.Skip();
            }
        }

        return new Part(field, value, messages);
    }

    /// <summary>Where the property's value stands; nowhere when it is null or not of the kind wanted.</summary>
    private static Range NextValue(ref Utf8JsonReader reader, JsonTokenType? wanted)
    {
        reader.Read();
        var (start, kind) = ((int)reader.TokenStartIndex, reader.TokenType);
        reader.Skip();
        return kind != JsonTokenType.Null && (wanted is null || wanted == kind) ? start..(int)reader.BytesConsumed : default;
    }

    private Part? Find(int field)
    {
        // Mostly a row has all fields in their order.
        if (field >= 0 && field < _cells.Count && _cells[field].Field == field)
        {
            return _cells[field];
        }

        foreach (var cell in _cells)
        {
            if (cell.Field == field)
            {
                return cell;
            }
        }

        return null;
    }

    private JsonObject ObjectOf(Range range) =>
        range.End.Value == 0 ? [] : JsonNode.Parse(_json[range].Span) as JsonObject ?? [];

    private readonly record struct Part(int Field, Range Value, Range Messages);
}
