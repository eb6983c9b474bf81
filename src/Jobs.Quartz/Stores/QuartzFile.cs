using Flatfile.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Jobs.Quartz.Stores;

/// <summary>The file <c>quartz.db</c>.</summary>
internal static partial class QuartzFile
{
    private static readonly string[] Endings = ["", "-journal", "-wal", "-shm"];

    /// <summary>Returns how to connect to a sound file: one that a power cut has damaged is put aside.</summary>
    public static string Prepare(string folder, ILogger log)
    {
        SqliteLibrary.Use();
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "quartz.db");
        if (File.Exists(path) && Fault(path) is { } fault)
        {
            Damaged(log, path, fault);
            SqliteConnection.ClearAllPools();
            foreach (var ending in Endings.Where(e => File.Exists(path + e)))
            {
                File.Move(path + ending, path + ".damaged" + ending, overwrite: true);
            }
        }

        return new SqliteConnectionStringBuilder { DataSource = path }.ToString();
    }

    private static string? Fault(string path)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            return command.ExecuteScalar() is string and not "ok" and var found ? found : null;
        }
        catch (SqliteException fault)
        {
            return fault.Message;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} is damaged ({Fault}); it is put aside and made anew from the agent's tickets")]
    private static partial void Damaged(ILogger logger, string path, string fault);
}
