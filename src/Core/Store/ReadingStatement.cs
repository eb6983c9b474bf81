using System.Data.Common;

namespace Flatfile.Agent.Core.Store;

/// <summary>A changing statement whose result is the rows it answers with.</summary>
internal sealed class ReadingStatement<T>(string sql, Func<DbDataReader, T> read, IReadOnlyList<(string Name, object? Value)> parameters)
    : PendingWrite<List<T>>, IStatementWrite
{
    public string Sql => sql;

    public IReadOnlyList<(string Name, object? Value)> Parameters => parameters;

    public bool Reads => true;

    public void Take(DbDataReader rows)
    {
        Result = [];
        while (rows.Read())
        {
            Result.Add(read(rows));
        }
    }

    public void Take(int changed)
    {
    }

    public override void Run(DbConnection connection)
    {
        using var command = connection.Prepare(sql, parameters);
        Run(command);
    }

    public void Run(DbCommand command)
    {
        using var rows = command.ExecuteReader();
        Take(rows);
    }
}
