using System.Data.Common;

namespace Flatfile.Agent.Core.Store;

/// <summary>A write of several statements, of which one may depend on the answer of another.</summary>
internal sealed class WorkWrite<T>(Func<DbConnection, T> work) : PendingWrite<T>
{
    public override void Run(DbConnection connection) => Result = work(connection);
}
