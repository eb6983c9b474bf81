using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>The indexes of columns in which values were looked for, inside a write: made when asked for, few per sheet, gone before they slow an import.</summary>
internal static class SoughtIndexes
{
    /// <summary>Sheets with fewer rows are walked faster than anyone notices.</summary>
    public const int LeastRows = 10_000;

    /// <summary>Indexes of one sheet.</summary>
    public const int Most = 4;

    /// <summary>An index of more text than this costs more disk than it is worth.</summary>
    public const long LargestBytes = 64_000_000;

    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS record_sought(
            sheet INTEGER NOT NULL, number INTEGER NOT NULL, as_number INTEGER NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (sheet, number, as_number)) WITHOUT ROWID
        """;

    private const int LeastAdded = 50_000;

    /// <summary>Whether an index would help and is not there.</summary>
    public static bool IsMissing(SqliteConnection connection, SheetSchema schema, SoughtColumn sought) =>
        Tally.Counts(connection, schema.Number).Total >= LeastRows
        && (sought.AsNumber || !schema.Keys.Exists(key => key.Column == sought.Column))
        && !Of(connection, schema.Number).Contains(sought);

    /// <summary>Makes the index of a column. Where there are enough, the one that <paramref name="oldest"/> picks goes.</summary>
    /// <returns>False when the column holds too much text for one.</returns>
    public static bool Make(SqliteConnection connection, int sheet, SoughtColumn sought, Func<IReadOnlyList<SoughtColumn>, SoughtColumn> oldest)
    {
        var present = Of(connection, sheet);
        if (present.Contains(sought) || Statement.Scalar(connection, "SELECT 1 FROM record_sheets WHERE sheet = ?", sheet) is null)
        {
            return true;
        }

        var column = RecordSql.Column(sought.Column);
        if (!sought.AsNumber && Statement.Scalar(connection, $"SELECT SUM(length(CAST({column} AS BLOB))) FROM {RecordSql.Table(sheet)}") > LargestBytes)
        {
            return false;
        }

        if (present.Count >= Most)
        {
            Drop(connection, sheet, oldest(present));
        }

        var key = sought.AsNumber ? $"CAST({column} AS REAL)" : column;
        Statement.Execute(connection, $"CREATE INDEX IF NOT EXISTS {Name(sheet, sought)} ON {RecordSql.Table(sheet)}({key}) WHERE {column} IS NOT NULL");
        Statement.Execute(connection, string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO record_sought SELECT sheet, {sought.Column}, {(sought.AsNumber ? 1 : 0)}, next FROM record_sheets WHERE sheet = {sheet}"));
        return true;
    }

    /// <summary>
    /// Rows have come: an index older than a tenth of the sheet, and than fifty thousand rows, goes. Whoever still looks there gets it back, and an
    /// import whose rows nobody filters meanwhile pays for none.
    /// </summary>
    public static void DropOutgrown(SqliteConnection connection, int sheet, long next)
    {
        var outgrown = new List<SoughtColumn>();
        using (var select = new Statement(connection, "SELECT number, as_number FROM record_sought WHERE sheet = ?1 AND ?2 - next > max(?3, next / 10)"))
        {
            select.Bind(1, sheet);
            select.Bind(2, next);
            select.Bind(3, LeastAdded);
            while (select.Step())
            {
                outgrown.Add(new SoughtColumn((int)select.Long(0), select.Long(1) != 0));
            }
        }

        outgrown.ForEach(sought => Drop(connection, sheet, sought));
    }

    public static List<SoughtColumn> Of(SqliteConnection connection, int sheet)
    {
        var found = new List<SoughtColumn>();
        using var select = new Statement(connection, "SELECT number, as_number FROM record_sought WHERE sheet = ?");
        select.Bind(1, sheet);
        while (select.Step())
        {
            found.Add(new SoughtColumn((int)select.Long(0), select.Long(1) != 0));
        }

        return found;
    }

    private static void Drop(SqliteConnection connection, int sheet, SoughtColumn sought)
    {
        Statement.Execute(connection, $"DROP INDEX IF EXISTS {Name(sheet, sought)}");
        using var delete = new Statement(connection, "DELETE FROM record_sought WHERE sheet = ?1 AND number = ?2 AND as_number = ?3");
        delete.Bind(1, sheet);
        delete.Bind(2, sought.Column);
        delete.Bind(3, sought.AsNumber ? 1 : 0);
        delete.Run();
    }

    private static string Name(int sheet, SoughtColumn sought) => RecordSql.SoughtIndex(sheet, sought.Column, sought.AsNumber);
}
