using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Records.Bulk;

/// <summary>The rows a job will change, put down when it begins: a later change, by itself or by others, does not alter which they are.</summary>
internal static class JobRows
{
    /// <summary>They go with the run that uses them.</summary>
    public const string Schema =
        """
        CREATE TABLE job_rows(job INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (job, row)) WITHOUT ROWID;
        CREATE TRIGGER job_rows_end AFTER DELETE ON job_runs BEGIN DELETE FROM job_rows WHERE job = old.number; END;
        """;

    /// <summary>Puts the rows of a selection down.</summary>
    /// <returns>How many they are.</returns>
    public static long Add(SqliteConnection connection, long job, SheetSchema schema, RowQuery query, Func<Selection, string?> more)
    {
        connection.Execute("DELETE FROM job_rows WHERE job = $job", ("$job", job));
        var selection = Selection.Of(connection, schema, query);
        var condition = more(selection) is { } narrower ? $"({selection.Where}) AND {narrower}" : selection.Where;
        using var insert = new Statement(connection, $"INSERT INTO job_rows(job, row) SELECT {selection.Number(job)}, x.id FROM {schema.Table} x WHERE {condition}");
        selection.Bind(insert);
        insert.Run();
        return connection.Number("SELECT count(*) FROM job_rows WHERE job = $job", ("$job", job));
    }

    /// <summary>The next rows after one.</summary>
    public static List<long> After(SqliteConnection connection, long job, long row, int count) => connection.Rows(
        "SELECT row FROM job_rows WHERE job = $job AND row > $row ORDER BY row LIMIT $count",
        found => found.GetInt64(0),
        ("$job", job),
        ("$row", row),
        ("$count", count));
}
