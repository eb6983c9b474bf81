using System.Data.Common;

namespace Flatfile.Agent.Core.Store;

/// <summary>Commands of one writer, prepared once and kept for the next write with the same text.</summary>
internal sealed class KeptCommands : IDisposable
{
    // The texts are written in code: there are few.
    private const int Limit = 128;

    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);
    private DbConnection? _connection;

    /// <summary>The command of a text with these values. It stays ours.</summary>
    public DbCommand Get(DbConnection connection, string sql, IReadOnlyList<(string Name, object? Value)> parameters)
    {
        if (_connection != connection || _commands.Count >= Limit)
        {
            Dispose();
            _connection = connection;
        }

        if (!_commands.TryGetValue(sql, out var command))
        {
            _commands[sql] = command = connection.Prepare(sql, parameters);
            return command;
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            Statements.Named(command.Parameters[i], parameters[i].Name, parameters[i].Value);
        }

        return command;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }
}
