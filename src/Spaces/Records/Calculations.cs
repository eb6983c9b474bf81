using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>
/// Statistics of the columns in a selection: how many cells are empty, and of numbers sum, average, least and greatest. What is no number is left
/// out of the latter. <c>COUNT_CHANGED</c> and <c>PERCENT_CHANGED</c> are not answered: rows know that they changed, cells do not.
/// </summary>
internal static class Calculations
{
    /// <summary>Fields of one statement: SQLite ends at 2,000 results.</summary>
    private const int AtOnce = 300;

    /// <summary>Writes the calculations of all fields, or of those the query names, as elements of an array.</summary>
    public static IEnumerable<bool> Write(SqliteConnection connection, SheetSchema schema, RowQuery query, string workbookId, string sheetId, Utf8JsonWriter writer)
    {
        var fields = schema.Fields.Where(field => query.Fields.Count == 0 || query.Fields.Contains(field.Key));
        foreach (var some in fields.Chunk(AtOnce))
        {
            var selection = Selection.Of(connection, schema, query);
            using var select = new Statement(
                connection, $"SELECT COUNT(*){string.Concat(some.Select(Columns))} FROM {schema.Table} x WHERE {selection.Where}");
            selection.Bind(select);
            select.Step();
            var rows = select.Long(0);
            var at = 1;
            foreach (var field in some)
            {
                var filled = select.Long(at++);
                Put(field, "COUNT_EMPTY", rows - filled);
                Put(field, "COUNT_NON_EMPTY", filled);
                Put(field, "PERCENT_EMPTY", rows == 0 ? null : 100.0 * (rows - filled) / rows);
                Put(field, "PERCENT_NON_EMPTY", rows == 0 ? null : 100.0 * filled / rows);
                if (IsNumber(field))
                {
                    Put(field, "SUM", Real(select, at++));
                    Put(field, "AVERAGE", Real(select, at++));
                    Put(field, "MIN", Real(select, at++));
                    Put(field, "MAX", Real(select, at++));
                }

                yield return true;
            }
        }

        void Put(SheetField field, string type, double? value)
        {
            writer.WriteStartObject();
            writer.WriteString("id", IdOf(sheetId, field.Key, type));
            writer.WriteString("workbookId", workbookId);
            writer.WriteString("sheetId", sheetId);
            writer.WriteString("fieldKey", field.Key);
            writer.WriteString("type", type);
            if (value is { } number && double.IsFinite(number))
            {
                writer.WriteNumber("value", number);
            }

            writer.WriteEndObject();
        }
    }

    private static bool IsNumber(SheetField field) => field.Kind == FieldKind.Number && !field.MayBeList;

    private static double? Real(Statement select, int column) => select.IsNull(column) ? null : select.Double(column);

    private static string Columns(SheetField field)
    {
        var column = $"x.{RecordSql.Column(field.Column)}";
        var count = $", COUNT({column})";
        if (!IsNumber(field))
        {
            return count;
        }

        var number = string.Create(
            CultureInfo.InvariantCulture,
            $"CASE WHEN {column} IS NOT NULL AND ifnull(instr(x.flags, ',{field.Column}{CellFlag.InvalidValue},'), 0) = 0 THEN CAST({column} AS REAL) END");
        return $"{count}, SUM({number}), AVG({number}), MIN({number}), MAX({number})";
    }

    /// <summary>The same calculation has the same id whenever it is asked for.</summary>
    private static string IdOf(string sheetId, string fieldKey, string type) =>
        "us_calc_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{sheetId}/{type}/{fieldKey}")))[..16];
}
