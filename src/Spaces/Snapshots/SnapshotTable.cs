using System.Globalization;
using Flatfile.Spaces.Records;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Snapshots;

/// <summary>The rows of a sheet as they were once, in a table beside the sheet's own.</summary>
internal static class SnapshotTable
{
    /// <summary>The table's name, made of the snapshot's number.</summary>
    public static string Name(long snapshot) => string.Create(CultureInfo.InvariantCulture, $"s_{snapshot}");

    /// <summary>Copies the rows; what one statement reads is one moment.</summary>
    public static void Create(SqliteConnection connection, long snapshot, SheetSchema schema)
    {
        var columns = string.Concat(schema.Fields.Select(field => ", " + RecordSql.Column(field.Column)));
        Statement.Execute(connection, $"CREATE TABLE {Name(snapshot)}(id INTEGER PRIMARY KEY, bad TEXT, flags TEXT, extra TEXT{columns})");
        Statement.Execute(connection, $"INSERT INTO {Name(snapshot)} SELECT id, bad, flags, extra{columns} FROM {schema.Table} ORDER BY id");
    }

    /// <summary>Forgets the rows.</summary>
    public static void Drop(SqliteConnection connection, long snapshot) => Statement.Execute(connection, $"DROP TABLE IF EXISTS {Name(snapshot)}");

    /// <summary>The fields of the sheet that it had when the snapshot was made; a field that came back under its key counts as the same.</summary>
    public static IReadOnlyList<SheetField> CommonFields(SqliteConnection connection, long snapshot, SheetSchema schema)
    {
        var columns = connection.Rows($"SELECT name FROM pragma_table_info('{Name(snapshot)}')", row => row.GetString(0)).ToHashSet(StringComparer.Ordinal);
        return [.. schema.Fields.Where(field => columns.Contains(RecordSql.Column(field.Column)))];
    }
}
