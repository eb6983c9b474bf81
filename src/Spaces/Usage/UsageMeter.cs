using Flatfile.Spaces.Storage;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Usage;

/// <summary>Measures what a space uses, in time that does not grow with its records.</summary>
internal static class UsageMeter
{
    /// <summary>Sizes of files are read from an index, not from their bodies. A column, not a function: a copied file's schema may compute nothing.</summary>
    public const string Schema =
        """
        ALTER TABLE files ADD COLUMN size INTEGER;
        UPDATE files SET size = json_extract(body, '$.size');
        CREATE INDEX files_size ON files(state, size);
        CREATE TABLE limits(name TEXT PRIMARY KEY, most INTEGER, level INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        """;

    /// <summary>Bytes of the database that hold something.</summary>
    public static long Database(SqliteConnection connection) =>
        (connection.Number("PRAGMA page_count") - connection.Number("PRAGMA freelist_count")) * connection.Number("PRAGMA page_size");

    /// <summary>Bytes of all files.</summary>
    public static long FileBytes(SqliteConnection connection) =>
        connection.Number("SELECT sum(size) FROM files INDEXED BY files_size WHERE state IS NOT 'purged'");

    /// <summary>Files that still have their bytes.</summary>
    public static long Files(SqliteConnection connection) =>
        connection.Number("SELECT count(*) FROM files INDEXED BY files_size WHERE state IS NOT 'purged'");

    /// <summary>Records of all sheets.</summary>
    public static long Records(SqliteConnection connection) => connection.Number("SELECT sum(total) FROM record_sheets");
}
