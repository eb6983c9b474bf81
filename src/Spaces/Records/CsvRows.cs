using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>
/// Writes rows as CSV by RFC 4180 in UTF-8: a header of the fields' labels, one line for each row, values as the API shows them. A text that a
/// spreadsheet would take for a formula stays as it is: it is data, and a reader who wants it harmless must say so to the spreadsheet.
/// </summary>
internal static class CsvRows
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");

    /// <summary>The rows of a selection, all of them whatever page the query asks for, in its order.</summary>
    public static IEnumerable<bool> Write(SqliteConnection connection, SheetSchema schema, RowQuery query, IBufferWriter<byte> buffer)
    {
        using var rows = Open(connection, schema, query, out var fields);
        Line(buffer, fields.Select(field => string.IsNullOrEmpty(field.Property.Label) ? field.Key : field.Property.Label));
        while (rows.Next())
        {
            Line(buffer, rows.Row, fields);
            yield return true;
        }
    }

    /// <summary>Opens the rows; also to see beforehand whether the query can be answered.</summary>
    /// <exception cref="RecordBodyException">The query names what the sheet does not have.</exception>
    public static RecordCursor Open(SqliteConnection connection, SheetSchema schema, RowQuery query, out IReadOnlyList<SheetField> fields)
    {
        fields = query.Fields.Count == 0 ? schema.Fields : [.. schema.Fields.Where(field => query.Fields.Contains(field.Key))];
        var columns = "x.id" + string.Concat(fields.Select(field => ", x." + RecordSql.Column(field.Column)));
        return RecordCursor.Open(connection, schema, query with { PageSize = int.MaxValue, PageNumber = 1 }, columns);
    }

    private static void Line(IBufferWriter<byte> buffer, Statement row, IReadOnlyList<SheetField> fields)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            Cell(buffer, i, fields.Count, CellText.Of(fields[i], row.Cell(1 + i)));
        }

        buffer.Write("\r\n"u8);
    }

    private static void Line(IBufferWriter<byte> buffer, IEnumerable<string> texts)
    {
        var all = texts.ToList();
        for (var i = 0; i < all.Count; i++)
        {
            Cell(buffer, i, all.Count, all[i]);
        }

        buffer.Write("\r\n"u8);
    }

    private static void Cell(IBufferWriter<byte> buffer, int place, int count, string text)
    {
        if (place > 0)
        {
            buffer.Write(","u8);
        }

        // A line of one empty cell would be an empty line, which readers pass over.
        if (text.AsSpan().ContainsAny(Special) || (count == 1 && text.Length == 0))
        {
            text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }

        Encoding.UTF8.GetBytes(text, buffer);
    }
}
