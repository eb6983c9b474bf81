using System.Text.Json;
using Flatfile.Api;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Answers questions about the rows of a sheet.</summary>
internal static class RecordReader
{
    /// <summary>Writes a page as a JSON array. For a page that is streamed, take a <see cref="RecordCursor"/> and flush in between.</summary>
    public static int Write(SqliteConnection connection, SheetSchema schema, RowQuery query, Utf8JsonWriter writer)
    {
        using var cursor = RecordCursor.Open(connection, schema, query);
        var count = 0;
        writer.WriteStartArray();
        while (cursor.WriteNext(writer))
        {
            count++;
        }

        writer.WriteEndArray();
        return count;
    }

    /// <summary>Counts a selection; without one the answer is known at once.</summary>
    public static RecordCounts Count(SqliteConnection connection, SheetSchema schema, RowQuery query)
    {
        var selection = Selection.Of(connection, schema, query);
        if (selection.IsEverything)
        {
            return Tally.Counts(connection, schema.Number);
        }

        using var select = new Statement(connection, $"SELECT COUNT(*), COUNT(x.bad) FROM {schema.Table} x WHERE {selection.Where}");
        selection.Bind(select);
        select.Step();
        return new RecordCounts { Total = select.Long(0), Valid = select.Long(0) - select.Long(1), Error = select.Long(1) };
    }

    /// <summary>Counts a selection for each field too.</summary>
    public static RecordCounts CountByField(SqliteConnection connection, SheetSchema schema, RowQuery query)
    {
        var counts = Count(connection, schema, query);
        var selection = Selection.Of(connection, schema, query);
        var errors = new Dictionary<int, long>();
        using (var bad = new Statement(connection, $"SELECT x.bad FROM {schema.Table} x WHERE x.bad IS NOT NULL AND {selection.Where}"))
        {
            selection.Bind(bad);
            while (bad.Step())
            {
                foreach (var column in bad.Text(0)!.Split(',', StringSplitOptions.RemoveEmptyEntries))
                {
                    var number = int.Parse(column, System.Globalization.CultureInfo.InvariantCulture);
                    errors[number] = errors.GetValueOrDefault(number) + 1;
                }
            }
        }

        var byField = new Dictionary<string, FieldRecordCounts>(StringComparer.Ordinal);
        if (schema.Fields.Count > 0)
        {
            var columns = string.Join(", ", schema.Fields.Select(field => $"COUNT(x.{RecordSql.Column(field.Column)})"));
            using var filled = new Statement(connection, $"SELECT {columns} FROM {schema.Table} x WHERE {selection.Where}");
            selection.Bind(filled);
            filled.Step();
            foreach (var field in schema.Fields)
            {
                var error = errors.GetValueOrDefault(field.Column);
                byField[field.Key] = new FieldRecordCounts
                {
                    Total = counts.Total,
                    Valid = counts.Total - error,
                    Error = error,
                    Empty = counts.Total - filled.Long(field.Position),
                };
            }
        }

        return counts with
        {
            ByField = byField,
            ErrorsByField = schema.Fields.Where(field => errors.ContainsKey(field.Column)).ToDictionary(field => field.Key, field => errors[field.Column], StringComparer.Ordinal),
        };
    }
}
