using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Flatfile.Agent.Jobs.Quartz.Stores;

/// <summary><c>quartz.db</c> in the data folder: for one process.</summary>
internal sealed class SqliteStore(string folder, ILogger log) : IQuartzStore
{
    private readonly string _connectionString = QuartzFile.Prepare(folder, log);

    public async Task<IScheduler> PrepareAsync(Func<CancellationToken, ValueTask<IScheduler>> build, CancellationToken cancellationToken) =>
        await build(cancellationToken).ConfigureAwait(false);

    public void Use(IPersistentStoreBuilder store) => store.UseSqlite(QuartzConnections.Instance, _connectionString);

    public void Name(QuartzSchedulerOptions scheduler) => scheduler.InstanceName = QuartzSchedulers.Name;

    public void Close()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }
}
