using System.Data.Common;

namespace Flatfile.Agent.Core.Store;

/// <summary>A write of one statement, which can travel with others.</summary>
internal interface IStatementWrite
{
    string Sql { get; }

    IReadOnlyList<(string Name, object? Value)> Parameters { get; }

    /// <summary>True when the statement answers with rows.</summary>
    bool Reads { get; }

    /// <summary>Runs it by a command that holds its text and values.</summary>
    void Run(DbCommand command);

    /// <summary>Takes the rows; the reader stands before the first.</summary>
    void Take(DbDataReader rows);

    /// <summary>Takes the number of rows that were changed.</summary>
    void Take(int changed);
}
