using System.Data.Common;

namespace Flatfile.Agent.Core.Store;

/// <summary>A statement whose result is the number of rows it changed.</summary>
internal sealed class CountedStatement(string sql, IReadOnlyList<(string Name, object? Value)> parameters) : PendingWrite<int>, IStatementWrite
{
    public string Sql => sql;

    public IReadOnlyList<(string Name, object? Value)> Parameters => parameters;

    public bool Reads => false;

    public void Take(DbDataReader rows)
    {
    }

    public void Take(int changed) => Result = changed;

    public override void Run(DbConnection connection)
    {
        using var command = connection.Prepare(sql, parameters);
        Run(command);
    }

    public void Run(DbCommand command) => Result = command.ExecuteNonQuery();
}
