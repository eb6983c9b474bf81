using System.Globalization;
using System.Text.Json;
using Flatfile.Api;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>
/// The values of one field in a selection: each row's with its messages, or each different stored text once. A search looks in this field unless it
/// names another. Rows come in the query's order; different values in their own, numbers by size.
/// </summary>
internal static class CellValues
{
    public static IEnumerable<bool> Write(
        SqliteConnection connection, SheetSchema schema, SheetField field, RowQuery query, bool distinct, bool counted, Utf8JsonWriter writer)
    {
        using var select = Open(connection, schema, field, query, distinct);
        writer.WriteStartArray(field.Name);
        while (select.Step())
        {
            if (distinct)
            {
                Value(writer, field, select, counted);
            }
            else
            {
                Cell(writer, schema, field, select, counted);
            }

            yield return true;
        }

        writer.WriteEndArray();
    }

    /// <summary>Opens the values; also to see beforehand whether the query can be answered.</summary>
    /// <exception cref="RecordBodyException">The query names what the sheet does not have.</exception>
    public static Statement Open(SqliteConnection connection, SheetSchema schema, SheetField field, RowQuery query, bool distinct)
    {
        var selection = Selection.Of(connection, schema, query with { SearchField = query.SearchField ?? field.Key });
        var column = $"x.{RecordSql.Column(field.Column)}";
        var error = string.Create(CultureInfo.InvariantCulture, $"ifnull(instr(x.bad, ',{field.Column},'), 0) > 0");
        var order = distinct ? DistinctOrder(field, column, query.IsDescending)
            : string.IsNullOrEmpty(query.SortField) ? "x.id"
            : RecordCursor.Order(Selection.FieldOf(schema, query.SortField, "sortField"), query.IsDescending);
        var offset = (long)query.PageSize * (query.PageNumber - 1);
        var select = new Statement(connection, string.Create(
            CultureInfo.InvariantCulture,
            $"""
             SELECT {column}, {(distinct ? $"COUNT(*), SUM({error})" : $"1, {error}, x.flags, x.extra")} FROM {schema.Table} x WHERE {selection.Where}
             {(distinct ? $"GROUP BY {column}" : "")} ORDER BY {order} LIMIT {query.PageSize} OFFSET {offset}
             """));
        selection.Bind(select);
        return select;
    }

    private static string DistinctOrder(SheetField field, string column, bool isDescending)
    {
        var direction = isDescending ? " DESC" : "";
        return field.Kind == FieldKind.Number && !field.MayBeList
            ? $"min(ifnull(instr(x.flags, ',{field.Column}{CellFlag.InvalidValue},'), 0) > 0), CAST({column} AS REAL){direction}, {column}{direction}"
            : $"{column} COLLATE NOCASE{direction}, {column}{direction}";
    }

    /// <summary>Messages belong to rows, so a value of several has none.</summary>
    private static void Value(Utf8JsonWriter writer, SheetField field, Statement row, bool counted)
    {
        writer.WriteStartObject();
        CellWriter.WriteValue(writer, field, row.Cell(0));
        writer.WriteStartArray("messages"u8);
        writer.WriteEndArray();
        writer.WriteBoolean("valid"u8, row.Long(2) == 0);
        End(writer, row, counted);
    }

    private static void Cell(Utf8JsonWriter writer, SheetSchema schema, SheetField field, Statement row, bool counted)
    {
        CellFlags? flags = null;
        if (!row.IsNull(3))
        {
            flags = new CellFlags();
            flags.Load(row.Bytes(3));
        }

        writer.WriteStartObject();
        CellWriter.WriteValue(writer, field, row.Cell(0));
        CellWriter.WriteMessages(writer, schema, field, row.Cell(0), flags, row.IsNull(4) ? null : RowExtra.Of(row.Bytes(4)));
        End(writer, row, counted);
    }

    private static void End(Utf8JsonWriter writer, Statement row, bool counted)
    {
        if (counted)
        {
            RecordStream.WriteCounts(writer, new RecordCounts { Total = row.Long(1), Valid = row.Long(1) - row.Long(2), Error = row.Long(2) });
        }

        writer.WriteEndObject();
    }
}
