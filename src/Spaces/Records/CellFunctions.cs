using System.Text;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>What SQLite cannot do with cells itself, as functions of a connection.</summary>
internal static class CellFunctions
{
    /// <summary>Adds the functions where they are not yet: replacing one fails while a statement uses it.</summary>
    public static void Add(SqliteConnection connection)
    {
        if (Statement.Scalar(connection, "SELECT 1 FROM pragma_function_list WHERE name = 'same_number'") is not null)
        {
            return;
        }

        connection.CreateFunction("cell_text", (object? cell) => Text(cell), isDeterministic: true);
        connection.CreateFunction("list_has", (object? cell, string value) => Has(cell, value), isDeterministic: true);
        connection.CreateFunction("date_of", (string? cell) => cell is null ? null : DateText.Cast(Encoding.UTF8.GetBytes(cell)), isDeterministic: true);
        connection.CreateFunction("like_folded", (string? text, string pattern) => text is not null && TextPattern.IsMatch(text, pattern), isDeterministic: true);
        connection.CreateFunction("contains_folded", (string? cell, string part) => cell?.Contains(part, StringComparison.OrdinalIgnoreCase) == true, isDeterministic: true);
        connection.CreateFunction(
            "same_number",
            (string? cell, string value) => cell is not null && NumberText.Canonical(Encoding.UTF8.GetBytes(cell)) is { } number && number == NumberText.Canonical(Encoding.UTF8.GetBytes(value)),
            isDeterministic: true);
    }

    /// <summary>A cell's text: the elements of a list joined, any other as it stands.</summary>
    public static string? Text(object? cell) => cell switch
    {
        null or DBNull => null,
        byte[] json when json is [(byte)'[', ..] => string.Join(", ", ListCells.Elements(CellData.OfJson(json))),
        byte[] json => Encoding.UTF8.GetString(json),
        _ => Convert.ToString(cell, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static bool Has(object? cell, string value) =>
        cell is byte[] json && json is [(byte)'[', ..] ? ListCells.Elements(CellData.OfJson(json)).Contains(value) : Text(cell) == value;
}
