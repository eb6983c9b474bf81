using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Flatfile.Spaces.Records;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Jobs.Plans;

/// <summary>Takes rows out of the source sheet as the body of an insert into the destination: texts as they came, options as the plan says.</summary>
internal sealed class MappingCopy
{
    private readonly List<(SheetField From, string To, Dictionary<string, JsonNode?> Options)> _edges = [];
    private readonly string _table;
    private readonly string _columns;

    public MappingCopy(SheetSchema source, SheetSchema destination, JsonObject plan)
    {
        foreach (var edge in plan["fieldMapping"] as JsonArray ?? [])
        {
            // A field that was removed since the plan was made has nothing to give or to take.
            if (MappingPlan.Key(edge, "sourceField") is { } from && MappingPlan.Key(edge, "destinationField") is { } to
                && source.Find(from) is { } field && destination.Find(to) is not null)
            {
                _edges.Add((field, to, Options(edge!["enumDetails"] as JsonObject)));
            }
        }

        _table = source.Table;
        _columns = string.Concat(_edges.Select(edge => ", " + RecordSql.Column(edge.From.Column)));
    }

    /// <summary>How many columns have somewhere to go.</summary>
    public int Columns => _edges.Count;

    /// <summary>The next rows after one; how many, and the last of them.</summary>
    public (ReadOnlyMemory<byte> Body, int Count, long Last) Read(SqliteConnection connection, long after, int limit)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var count = 0;
        using (var writer = new Utf8JsonWriter(buffer, Wire.Writing))
        {
            using var select = new Statement(connection, string.Create(
                CultureInfo.InvariantCulture, $"SELECT id{_columns} FROM {_table} WHERE id > {after} ORDER BY id LIMIT {limit}"));
            writer.WriteStartArray();
            while (select.Step())
            {
                after = select.Long(0);
                count++;
                writer.WriteStartObject();
                for (var i = 0; i < _edges.Count; i++)
                {
                    writer.WriteStartObject(_edges[i].To);
                    writer.WritePropertyName("value");
                    Write(writer, select.Cell(i + 1), _edges[i].Options);
                    writer.WriteEndObject();
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return (buffer.WrittenMemory, count, after);
    }

    private static void Write(Utf8JsonWriter writer, CellData cell, Dictionary<string, JsonNode?> options)
    {
        if (options.Count > 0 && cell.Kind is CellKind.Text or CellKind.Integer)
        {
            var text = cell.Kind == CellKind.Integer ? cell.Integer.ToString(CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(cell.Bytes);
            if (options.TryGetValue(text, out var option))
            {
                if (option is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    option.WriteTo(writer);
                }

                return;
            }
        }

        switch (cell.Kind)
        {
            case CellKind.Integer:
                writer.WriteNumberValue(cell.Integer);
                break;
            case CellKind.Text:
                writer.WriteStringValue(cell.Bytes);
                break;
            case CellKind.Json:
                writer.WriteRawValue(cell.Bytes, skipInputValidation: true);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>A pair without a destination empties the cell: that is how a person says that a value stands for nothing.</summary>
    private static Dictionary<string, JsonNode?> Options(JsonObject? details)
    {
        var options = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var pair in (details?["mapping"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if ((pair["sourceValue"] as JsonObject)?["value"] is JsonValue from)
            {
                options[from.TryGetValue<string>(out var text) ? text : from.ToJsonString()] = (pair["destinationValue"] as JsonObject)?["value"]?.DeepClone();
            }
        }

        return options;
    }
}
