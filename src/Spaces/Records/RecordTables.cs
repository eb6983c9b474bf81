using Flatfile.Api;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Makes the tables of a workbook's sheets follow its schema.</summary>
internal static class RecordTables
{
    /// <summary>Creates the store's own tables in a space's new database. Harmless when they are there.</summary>
    public static void Initialize(SqliteConnection connection) => throw new NotImplementedException();

    /// <summary>
    /// Brings the tables from one state of a workbook to the next, inside the caller's write: new sheets get a table, changed ones new columns
    /// and a fresh validation of their rows, missing ones are dropped. A removed field keeps its values and finds them again.
    /// </summary>
    /// <param name="connection">A writer inside a transaction.</param>
    /// <param name="before">All sheets of the workbook so far; empty for a new workbook.</param>
    /// <param name="after">All sheets of the workbook from now on; empty when it is deleted.</param>
    public static void Apply(SqliteConnection connection, IReadOnlyList<SheetDefinition> before, IReadOnlyList<SheetDefinition> after) =>
        throw new NotImplementedException();

    /// <summary>Rows of a sheet without any selection: known at once.</summary>
    public static RecordCounts Counts(SqliteConnection connection, int sheetNumber) => throw new NotImplementedException();
}
