using System.Text.RegularExpressions;
using Flatfile.Spaces.Ids;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Exchange;

/// <summary>
/// Gives everything in a database the ids of another space. An id carries its space's number, so an old one is known wherever it stands:
/// as a value, as a member's name, in an address, in a text. Cells of records are data and stay as they are.
/// </summary>
/// <remarks>
/// It works on the stored JSON as text: the letters of ids are never escaped there. Ids of events are left alone, as the events themselves stay behind.
/// Anything that only looks like an id would have to hide the old space's number and one of its counted numbers behind the cipher.
/// </remarks>
internal sealed partial class IdMove(long from, long to, long lastNumber, params (string Old, string New)[] names)
{
    /// <summary>Columns of values, not of JSON.</summary>
    private static readonly HashSet<string> Data = new(StringComparer.Ordinal) { "sheet_columns" };

    /// <summary>Rewrites the whole database inside the caller's transaction.</summary>
    public void Run(SqliteConnection connection)
    {
        connection.CreateFunction<string?, string?>("moved", text => text is null ? null : Of(text), isDeterministic: true);
        foreach (var table in connection.Rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", row => row.GetString(0)))
        {
            if (Data.Contains(table))
            {
                continue;
            }

            var columns = connection.Rows($"SELECT name, upper(type) FROM pragma_table_info('{table}')", row => (Name: row.GetString(0), Type: row.GetString(1)));
            foreach (var (column, _) in columns.Where(column => column.Type == "TEXT" && (column.Name == "extra" || !IsOfRecords(table))))
            {
                connection.Execute($"UPDATE {table} SET {column} = moved({column}) WHERE instr({column}, 'us_') > 0");
            }
        }
    }

    /// <summary>A text with the new ids.</summary>
    public string Of(string text)
    {
        var moved = Id().Replace(
            text,
            match => match.Groups[1].Value != IdPrefix.Event && IdCipher.TryRead(match.Groups[2].ValueSpan, out var space, out var number)
                && space == from && number <= lastNumber
                ? match.Groups[1].Value + IdCipher.Write(to, number)
                : match.Value);
        foreach (var (old, now) in names)
        {
            moved = moved.Replace(old, now, StringComparison.Ordinal);
        }

        return moved;
    }

    private static bool IsOfRecords(string table) => char.IsAsciiDigit(table[^1]);

    [GeneratedRegex("(us_[a-z]{2,4}_)([0-9A-Za-z]{8})(?![0-9A-Za-z])", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Id();
}
