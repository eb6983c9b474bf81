using System.Data.Common;

namespace Flatfile.Agent.Core.Store;

/// <summary>A write that waits for its group.</summary>
internal abstract class PendingWrite
{
    /// <summary>What other agents may not write at the same time; null for nothing.</summary>
    public string? Alone { get; init; }

    public abstract void Run(DbConnection connection);

    public abstract void Commit();

    public abstract void Fail(Exception fault);
}
