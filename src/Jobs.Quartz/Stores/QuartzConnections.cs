using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Flatfile.Agent.Jobs.Quartz.Stores;

/// <summary>Microsoft.Data.Sqlite with our own connections.</summary>
internal sealed class QuartzConnections : DbProviderFactory
{
    public static readonly QuartzConnections Instance = new();

    public override DbConnection CreateConnection() => new QuartzConnection();

    public override DbCommand CreateCommand() => SqliteFactory.Instance.CreateCommand();

    public override DbParameter CreateParameter() => SqliteFactory.Instance.CreateParameter();
}
