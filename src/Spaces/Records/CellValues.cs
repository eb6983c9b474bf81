using System.Globalization;
using System.Text.Json;
using Flatfile.Api;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>The values of one field in a selection, each row's or each different one once.</summary>
internal static class CellValues
{
    public static void Write(
        SqliteConnection connection, SheetSchema schema, SheetField field, RowQuery query, bool distinct, bool counted, Utf8JsonWriter writer)
    {
        // What is searched for here are values of this field.
        var selection = Selection.Of(connection, schema, query with { SearchField = query.SearchField ?? field.Key });
        var column = $"x.{RecordSql.Column(field.Column)}";
        var mark = string.Create(CultureInfo.InvariantCulture, $"',{field.Column},'");
        var errors = $"ifnull(instr(x.bad, {mark}), 0) > 0";
        var offset = (long)query.PageSize * (query.PageNumber - 1);
        var order = distinct ? $"{column}{(query.IsDescending ? " DESC" : "")}" : "x.id";
        using var select = new Statement(connection, string.Create(
            CultureInfo.InvariantCulture,
            $"""
             SELECT {column}, {(distinct ? $"COUNT(*), SUM({errors})" : $"1, {errors}")} FROM {schema.Table} x WHERE {selection.Where}
             {(distinct ? $"GROUP BY {column}" : "")} ORDER BY {order} LIMIT {query.PageSize} OFFSET {offset}
             """));
        selection.Bind(select);
        writer.WriteStartArray(field.Name);
        while (select.Step())
        {
            writer.WriteStartObject();
            CellWriter.WriteValue(writer, field, select.Cell(0));
            writer.WriteStartArray("messages"u8);
            writer.WriteEndArray();
            writer.WriteBoolean("valid"u8, select.Long(2) == 0);
            if (counted)
            {
                RecordStream.WriteCounts(writer, new RecordCounts
                {
                    Total = select.Long(1),
                    Valid = select.Long(1) - select.Long(2),
                    Error = select.Long(2),
                });
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
