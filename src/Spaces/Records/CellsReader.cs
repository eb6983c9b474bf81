using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flatfile.Spaces.Records;

/// <summary>Reads a JSON object of cells by field key, each a cell with its members or the plain value, and gives them to a row.</summary>
internal sealed class CellsReader(SheetSchema schema)
{
    private readonly CellParser _parser = new();

    /// <summary>Reads the object the reader stands on, to its end. Keys that name no field are passed over.</summary>
    public void Read(ref Utf8JsonReader reader, IRowCells row)
    {
        var expected = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = schema.Find(ref reader, expected);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
                continue;
            }

            expected = field.Position + 1;
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                Cell(ref reader, field, row);
            }
            else
            {
                Value(ref reader, field, row);
            }
        }
    }

    private void Cell(ref Utf8JsonReader reader, SheetField field, IRowCells row)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                Value(ref reader, field, row);
            }
            else if (reader.ValueTextEquals("messages"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartArray)
                {
                    row.Messages(field, JsonNode.Parse(ref reader) as JsonArray ?? []);
                }
                else
                {
                    reader.Skip();
                }
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
    }

    private void Value(ref Utf8JsonReader reader, SheetField field, IRowCells row)
    {
        var isText = reader.TokenType == JsonTokenType.String;
        row.Value(field, _parser.Read(ref reader, field), isText);
    }
}
