using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Which rows a commit brought. Inserted rows lie side by side, so two numbers say it.</summary>
internal static class CommitRows
{
    public static (long First, long Last)? Inserted(SqliteConnection connection, int sheet, long commit)
    {
        using var select = new Statement(connection, "SELECT first, last FROM record_inserts WHERE sheet = ? AND commit_number = ?");
        select.Bind(1, sheet);
        select.Bind(2, commit);
        return select.Step() ? (select.Long(0), select.Long(1)) : null;
    }

    /// <summary>The first row that came after a commit, if any did.</summary>
    public static long? FirstInsertedAfter(SqliteConnection connection, int sheet, long commit) =>
        Statement.Scalar(connection, "SELECT MIN(first) FROM record_inserts WHERE sheet = ? AND commit_number > ?", sheet, commit);

    /// <summary>Whether the commit changed rows that it did not insert.</summary>
    public static bool ChangedOthers(SqliteConnection connection, SheetSchema schema, long commit, (long First, long Last) own) =>
        Statement.Scalar(
            connection,
            $"SELECT 1 FROM {schema.Table} WHERE changed = ? AND id NOT BETWEEN ? AND ? LIMIT 1",
            commit,
            own.First,
            own.Last) is not null;
}
