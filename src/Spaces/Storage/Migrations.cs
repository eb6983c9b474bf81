using System.Globalization;
using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;

namespace Flatfile.Spaces.Storage;

/// <summary>The ordered steps that make a database's tables. A file's version is the number of steps it has been through.</summary>
/// <remarks>
/// Each step and the new version are committed together, so a crash leaves a file of one version or the next, and the next opening goes on.
/// No copy is put aside: SQLite's own log undoes a step that fails, and a copy would double the disk a large space needs to open.
/// </remarks>
internal sealed class Migrations(params MigrationStep[] steps)
{
    /// <summary>The version this program writes.</summary>
    public long Version => steps.Length;

    /// <summary>What a file says of itself; 0 when it holds nothing.</summary>
    public static long VersionOf(SqliteConnection connection) => connection.Number("PRAGMA user_version");

    /// <summary>Creates all tables in a new file, in the caller's transaction.</summary>
    public void Create(SqliteConnection connection) => Create(connection, Version);

    /// <summary>Creates the tables as an older version had them.</summary>
    public void Create(SqliteConnection connection, long version)
    {
        for (var done = 0; done < version; done++)
        {
            Take(connection, done);
        }
    }

    /// <summary>Brings a file nobody else sees to this program's version, in the caller's transaction.</summary>
    public void BringUp(SqliteConnection connection)
    {
        for (var done = (int)VersionOf(connection); done < Version; done++)
        {
            Take(connection, done);
        }
    }

    /// <summary>Brings a file to this program's version, one transaction for each step.</summary>
    public async Task BringUpAsync(SqliteFile file, CancellationToken cancellationToken)
    {
        var version = await file.ReadAsync(VersionOf, cancellationToken).ConfigureAwait(false);
        while (version < Version)
        {
            version = await file.WriteAsync(
                connection =>
                {
                    var now = (int)VersionOf(connection);
                    Take(connection, now);
                    return now + 1;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private void Take(SqliteConnection connection, int index)
    {
        try
        {
            steps[index].Apply(connection);
        }
        catch (SqliteException fault) when (StorageFault.Of(fault) is null)
        {
            throw new MigrationException(steps[index].Name, index + 1, fault);
        }

        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={index + 1}"));
    }
}
