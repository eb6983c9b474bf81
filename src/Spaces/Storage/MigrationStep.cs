using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>One change of a database's tables. It runs once per file, alone in its transaction: whole, or not at all.</summary>
/// <param name="Name">For messages: what the step brings.</param>
/// <param name="Apply">The change; it keeps what the file holds.</param>
internal sealed record MigrationStep(string Name, Action<SqliteConnection> Apply)
{
    /// <summary>A step of statements.</summary>
    public MigrationStep(string name, string sql)
        : this(name, connection => connection.Execute(sql))
    {
    }
}
