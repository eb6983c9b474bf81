using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Merges the rows of one body into stored ones: values given replace, values absent stay.</summary>
internal static class RecordUpdate
{
    public static UpdateResult Run(SqliteConnection connection, SheetSchema schema, ReadOnlySpan<byte> body, UpdateStamp stamp)
    {
        if (!Utf8.IsValid(body))
        {
            throw new RecordBodyException("The body is not UTF-8. Send JSON as UTF-8.");
        }

        using var change = new SheetChange(connection, schema);
        using var update = new RowUpdate(change, stamp);
        var cells = new CellsReader(schema);
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new RecordBodyException("""The body must be an array of rows: [{"id":"us_rc_...","values":{"field":{"value":"text"}}}].""");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Record(ref reader, update, cells);
        }

        reader.Read();
        change.Finish();
        return update.Result;
    }

    /// <summary>The members come in any order, so the places of the long ones are remembered until the id is known.</summary>
    private static void Record(ref Utf8JsonReader reader, RowUpdate update, CellsReader cells)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new RecordBodyException("A row of the body is no object. Send each row as an object with its id and values.");
        }

        string? id = null;
        Utf8JsonReader values = default, metadata = default, config = default;
        var (hasValues, hasMetadata, hasConfig) = (false, false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }
            else if (reader.ValueTextEquals("values"u8))
            {
                reader.Read();
                hasValues = reader.TokenType == JsonTokenType.StartObject;
                values = reader;
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                hasMetadata = true;
                metadata = reader;
            }
            else if (reader.ValueTextEquals("config"u8))
            {
                reader.Read();
                hasConfig = true;
                config = reader;
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        if (id is null)
        {
            throw new RecordBodyException("A row of the body has no id. Every row to change needs the id it was read with.");
        }

        if (!update.Begin(id))
        {
            return;
        }

        if (hasValues)
        {
            cells.Read(ref values, update);
        }

        if (hasMetadata)
        {
            update.Metadata(JsonNode.Parse(ref metadata) as JsonObject);
        }

        if (hasConfig)
        {
            update.Config(JsonNode.Parse(ref config) as JsonObject);
        }

        update.Save();
    }
}
