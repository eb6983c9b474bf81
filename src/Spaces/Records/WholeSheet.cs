using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records;

/// <summary>Looks at a sheet anew as a whole.</summary>
internal static class WholeSheet
{
    /// <summary>Checks every row again, and puts all of them into a commit, so that hooks read them like rows just written.</summary>
    /// <returns>How many rows there are.</returns>
    public static long Validate(SqliteConnection connection, SheetSchema schema, long commit)
    {
        var rows = RecordTables.Counts(connection, schema.Number).Total;
        if (rows == 0)
        {
            return 0;
        }

        Revalidation.Run(connection, [schema]);
        Statement.Execute(
            connection,
            $"INSERT INTO record_changes(sheet, commit_number, first, last) SELECT {schema.Number}, {commit}, min(id), max(id) FROM {schema.Table}");
        return rows;
    }
}
