using System.Text.RegularExpressions;
using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Exchange;

/// <summary>Looks at a database somebody sent before anything in it is run: only the tables this program makes, no triggers, no views, no damage.</summary>
internal static partial class ForeignDatabase
{
    /// <summary>Opens the file so that nothing in its schema can do harm.</summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA trusted_schema=OFF");
            connection.Execute("PRAGMA cell_size_check=ON");

            // A half-changed file is thrown away whole, so nothing is synced on the way: the finished file is, once.
            connection.Execute("PRAGMA synchronous=OFF");
            connection.Execute("PRAGMA journal_mode=MEMORY");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a file that no version up to this one could have written.</summary>
    public static void Check(SqliteConnection connection, SpaceManifest manifest)
    {
        var version = Migrations.VersionOf(connection);
        if (version != manifest.Schema || version < 1)
        {
            throw ArchiveFault.Broken($"its database has format {version}, its manifest says {manifest.Schema}");
        }

        if (version > SpaceSchema.Steps.Version)
        {
            throw ArchiveFault.Broken($"it was written by a newer version of this program (format {version}, this program knows {SpaceSchema.Steps.Version}); take it in there, or update this server");
        }

        CheckTables(connection, version);
        if (connection.Scalar("PRAGMA integrity_check(1)") as string != "ok")
        {
            throw ArchiveFault.Broken("its database is damaged");
        }

        foreach (var table in connection.Rows("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'body' AND c.type = 'TEXT'", row => row.GetString(0)))
        {
            if (connection.Number($"SELECT count(*) FROM {table} WHERE NOT json_valid(body)") > 0)
            {
                throw ArchiveFault.Broken($"its database's '{table}' holds what is not JSON");
            }
        }
    }

    private static void CheckTables(SqliteConnection connection, long version)
    {
        using var model = new SqliteConnection("Data Source=:memory:");
        model.Open();
        SpaceSchema.Steps.Create(model, version);
        var known = Objects(model);
        var found = Objects(connection);
        var missing = known.Except(found).Select(one => one.Name).FirstOrDefault();
        var stranger = found.Except(known).Where(one => !IsOfRecords(one)).Select(one => one.Name).FirstOrDefault();
        if ((missing ?? stranger) is { } name)
        {
            throw ArchiveFault.Broken($"its database's '{(name.Length <= 80 ? name : name[..80])}' is not as format {version} has it");
        }
    }

    /// <summary>Tables and indexes of sheets are made of numbers; their texts hold columns and nothing that could be computed.</summary>
    private static bool IsOfRecords((string Type, string Name, string? Sql) one) =>
        RecordName().IsMatch(one.Name) && one.Sql is { } sql
        && (one.Type == "table" ? RecordTable().IsMatch(sql) : one.Type == "index" && RecordIndex().IsMatch(sql));

    private static List<(string Type, string Name, string? Sql)> Objects(SqliteConnection connection) => connection.Rows(
        "SELECT type, name, sql FROM sqlite_master", row => (row.GetString(0), row.GetString(1), row.Text(2)));

    [GeneratedRegex(@"\A[a-z]{1,16}(_[a-z]{1,16})?(_[0-9]{1,9}){1,2}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RecordName();

    [GeneratedRegex(@"\ACREATE TABLE [a-z_0-9]+\s*\([A-Za-z0-9_, \r\n]*(\([a-z0-9_, ]*\)[A-Za-z0-9_, \r\n]*)*\)( WITHOUT ROWID)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex RecordTable();

    [GeneratedRegex(@"\ACREATE (UNIQUE )?INDEX [a-z_0-9]+ ON [a-z_0-9]+\s*\((CAST\(c[0-9]+ AS REAL\)|[a-z0-9_, ]+)\)( WHERE [a-z0-9_]+ IS NOT NULL)?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex RecordIndex();
}
