using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Jobs.Quartz.Stores;

/// <summary>A connection to <c>quartz.db</c> that does not wait for the disk.</summary>
/// <remarks>
/// What Quartz knows can be made again from the agent's tickets, which are synced. A killed process loses nothing here either;
/// only a power cut can, and then the file is checked and, if need be, made anew at the next start.
/// </remarks>
internal sealed class QuartzConnection : SqliteConnection
{
    public override void Open()
    {
        base.Open();
        using var command = CreateCommand();
        command.CommandText = "PRAGMA journal_mode=PERSIST; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;";
        command.ExecuteNonQuery();
    }
}
