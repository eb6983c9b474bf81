using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Changes the rows of a sheet, inside the caller's write: values, flags of all rows concerned and counts move together.</summary>
internal static class RecordWriter
{
    /// <summary>Appends the rows of a JSON array of cells by field key.</summary>
    /// <exception cref="RecordBodyException">The body is not understood; the caller rolls back.</exception>
    public static InsertResult Insert(SqliteConnection connection, SheetSchema schema, ReadOnlySpan<byte> body, long commit)
    {
        try
        {
            return RecordInsert.Run(connection, schema, body, commit);
        }
        catch (JsonException e)
        {
            throw NotJson(e);
        }
    }

    /// <summary>Merges the rows of a JSON array of records into those stored.</summary>
    /// <exception cref="RecordBodyException">The body is not understood; the caller rolls back.</exception>
    public static UpdateResult Update(SqliteConnection connection, SheetSchema schema, ReadOnlySpan<byte> body, UpdateStamp stamp)
    {
        try
        {
            return RecordUpdate.Run(connection, schema, body, stamp);
        }
        catch (JsonException e)
        {
            throw NotJson(e);
        }
    }

    /// <summary>Deletes what a query selects. A query that says nothing selects nothing.</summary>
    /// <returns>How many rows went.</returns>
    public static long Delete(SqliteConnection connection, SheetSchema schema, RowQuery query) =>
        RecordDelete.Run(connection, schema, query.Cautious());

    private static RecordBodyException NotJson(JsonException e) => new($"The body is not JSON: {e.Message}");
}
