using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Puts the rows of one body at the end of a sheet: from the JSON straight into the statement, one row at a time.</summary>
internal static class RecordInsert
{
    public static unsafe InsertResult Run(SqliteConnection connection, SheetSchema schema, ReadOnlySpan<byte> body, long commit)
    {
        if (!Utf8.IsValid(body))
        {
            throw new RecordBodyException("The body is not UTF-8. Send JSON as UTF-8.");
        }

        fixed (byte* start = body)
        {
            using var change = new SheetChange(connection, schema);
            using var insert = new RowInsert(change);
            insert.Lend(start, body.Length);
            Read(body, schema, insert);
            var rows = insert.Book(commit);
            change.Finish();
            return rows;
        }
    }

    private static void Read(ReadOnlySpan<byte> body, SheetSchema schema, RowInsert insert)
    {
        var cells = new CellsReader(schema);
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new RecordBodyException("""The body must be an array of rows: [{"field":{"value":"text"}}].""");
        }

        for (var row = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; row++)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new RecordBodyException($"Row {row} of the body is no object. Send each row as an object of cells.");
            }

            insert.Append();
            cells.Read(ref reader, insert);
            insert.Save();
        }

        reader.Read();
    }
}
