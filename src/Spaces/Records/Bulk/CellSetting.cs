using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary>Gives cells of each row the same content; locked ones keep theirs.</summary>
internal sealed class CellSetting : IRowChange
{
    private readonly CellsReader _reader;
    private readonly byte[] _cells;

    /// <summary>Reads the cells by field key; 400 with all keys that cannot be set.</summary>
    public CellSetting(SheetSchema schema, JsonNode? fieldUpdates)
    {
        if (fieldUpdates is not JsonObject { Count: > 0 } cells)
        {
            throw ApiRefusal.Bad("fieldUpdates", """'fieldUpdates' names the cells to set: {"fieldUpdates":{"status":{"value":"new"}}}.""");
        }

        var faults = new List<ApiFault>();
        foreach (var (key, _) in cells)
        {
            if (schema.Find(key) is not { } field)
            {
                faults.Add(new ApiFault($"fieldUpdates.{key}", $"Sheet '{schema.Definition.Slug}' has no field '{key}'."));
            }
            else if (field.Property.Readonly == true)
            {
                faults.Add(new ApiFault($"fieldUpdates.{key}", $"Field '{key}' is read-only."));
            }
        }

        if (faults.Count > 0)
        {
            throw new ApiRefusal(400, faults);
        }

        _reader = new CellsReader(schema);
        _cells = Encoding.UTF8.GetBytes(Wire.Text(cells));
    }

    /// <inheritdoc />
    public string? Condition(SqliteConnection connection, Selection selection) => null;

    /// <inheritdoc />
    public void Apply(RowUpdate row)
    {
        var reader = new Utf8JsonReader(_cells);
        reader.Read();
        _reader.Read(ref reader, new UnlockedCells(row));
    }

    private sealed class UnlockedCells(RowUpdate row) : IRowCells
    {
        public void Value(SheetField field, CellData cell, bool givenAsText)
        {
            if (!row.IsReadonly(field))
            {
                row.Value(field, cell, givenAsText);
            }
        }

        public void Messages(SheetField field, JsonArray messages)
        {
            if (!row.IsReadonly(field))
            {
                row.Messages(field, messages);
            }
        }
    }
}
