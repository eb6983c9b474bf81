using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Flatfile.Sqlite;

/// <summary>A statement that its connection keeps prepared for the next use of the same text; for short statements that are run very often.</summary>
/// <remarks>
/// Say <see cref="Keep"/> when it has run to its end. One that was left by an exception, or was not told so, is ended for good.
/// While it is in use, the same text gives another one, so reading may nest. Used by one thread at a time, as its connection is.
/// Transactions are begun by text, as <see cref="SqliteFile"/> does: a command knows only the transaction object it was made under.
/// </remarks>
public sealed class PreparedCommand : IDisposable
{
    /// <summary>Most texts are written in code. Those that are put together from filters must not pile up.</summary>
    private const int Limit = 96;

    /// <summary>SQLite keeps a value until the next one: large ones are not to stay with every connection.</summary>
    private const int LongestKept = 4 * 1024;

    private static readonly ConditionalWeakTable<SqliteConnection, Dictionary<string, PreparedCommand>> Kept = [];

    private readonly Dictionary<string, PreparedCommand> _idle;
    private readonly SqliteCommand _command;
    private bool _keep;

    private PreparedCommand(Dictionary<string, PreparedCommand> idle, SqliteCommand command)
    {
        _idle = idle;
        _command = command;
    }

    /// <summary>The statement with these values; null binds NULL.</summary>
    public static PreparedCommand Of(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var idle = Kept.GetOrCreateValue(connection);
        if (!idle.Remove(sql, out var prepared))
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            prepared = new PreparedCommand(idle, command);
        }

        prepared._keep = false;
        prepared.Set(parameters);
        return prepared;
    }

    /// <summary>Runs a statement without rows to its end and answers how many it changed.</summary>
    public static int Run(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var prepared = Of(connection, sql, parameters);
        var changed = prepared._command.ExecuteNonQuery();
        prepared.Keep();
        return changed;
    }

    /// <summary>Runs it and answers its rows; dispose them before this.</summary>
    public SqliteDataReader Read() => _command.ExecuteReader();

    /// <summary>It has run to its end: the next use of its text takes it up again.</summary>
    public void Keep() => _keep = true;

    /// <summary>Gives it back, or ends it.</summary>
    public void Dispose()
    {
        if (!_keep || !Forget())
        {
            _command.Dispose();
            return;
        }

        if (_idle.Count >= Limit)
        {
            foreach (var other in _idle.Values)
            {
                other._command.Dispose();
            }

            _idle.Clear();
        }

        if (!_idle.TryAdd(_command.CommandText, this))
        {
            _command.Dispose();
        }
    }

    private void Set(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var known = _command.Parameters;
        if (known.Count != parameters.Length)
        {
            known.Clear();
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            var (name, value) = parameters[i];
            if (i == known.Count)
            {
                known.AddWithValue(name, value ?? DBNull.Value);
                continue;
            }

            known[i].ParameterName = name;
            known[i].Value = value ?? DBNull.Value;
        }
    }

    /// <summary>Lets go of the values; false when one is too large to stay in SQLite.</summary>
    private bool Forget()
    {
        var small = true;
        foreach (SqliteParameter parameter in _command.Parameters)
        {
            small &= parameter.Value is not (string { Length: > LongestKept } or byte[] { Length: > LongestKept });
            parameter.Value = DBNull.Value;
        }

        return small;
    }
}
