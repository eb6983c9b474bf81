using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Which rows a commit inserted or changed, as ranges: one for an insert, few for most changes.</summary>
internal static class CommitRows
{
    public static (long First, long Last)? Inserted(SqliteConnection connection, int sheet, long commit)
    {
        using var select = new Statement(connection, "SELECT first, last FROM record_inserts WHERE sheet = ? AND commit_number = ?");
        select.Bind(1, sheet);
        select.Bind(2, commit);
        return select.Step() ? (select.Long(0), select.Long(1)) : null;
    }

    /// <summary>The rows of a commit where they lie side by side; nothing where they do not.</summary>
    public static (long First, long Last)? OneRange(SqliteConnection connection, int sheet, long commit)
    {
        using var select = new Statement(connection, $"SELECT first, last FROM ({Ranges(sheet, commit)}) LIMIT 2");
        if (!select.Step())
        {
            return (1, 0);
        }

        var range = (select.Long(0), select.Long(1));
        return select.Step() ? null : range;
    }

    /// <summary>The condition on <c>x</c> that a commit inserted or changed it.</summary>
    public static string Condition(SheetSchema schema, long commit) =>
        $"x.id IN (SELECT o.id FROM ({Ranges(schema.Number, commit)}) c CROSS JOIN {schema.Table} o ON o.id BETWEEN c.first AND c.last)";

    /// <summary>The first row that came after a commit, if any did.</summary>
    public static long? FirstInsertedAfter(SqliteConnection connection, int sheet, long commit) =>
        Statement.Scalar(connection, "SELECT MIN(first) FROM record_inserts WHERE sheet = ? AND commit_number > ?", sheet, commit);

    private static string Ranges(int sheet, long commit) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
         SELECT first, last FROM record_inserts WHERE sheet = {sheet} AND commit_number = {commit}
         UNION ALL SELECT first, last FROM record_changes WHERE sheet = {sheet} AND commit_number = {commit}
         """);
}
