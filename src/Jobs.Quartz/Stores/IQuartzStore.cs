using Quartz;

namespace Flatfile.Agent.Jobs.Quartz.Stores;

/// <summary>A place for Quartz's tables.</summary>
internal interface IQuartzStore
{
    /// <summary>Makes the place ready and builds what uses it; nobody else changes the tables meanwhile.</summary>
    /// <param name="build">Builds the scheduler, which makes the tables that are missing.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IScheduler> PrepareAsync(Func<CancellationToken, ValueTask<IScheduler>> build, CancellationToken cancellationToken);

    /// <summary>Says where the tables are.</summary>
    void Use(IPersistentStoreBuilder store);

    /// <summary>Names this node; on a file always the same, as what ran under a name is only taken up under the same.</summary>
    void Name(QuartzSchedulerOptions scheduler);

    /// <summary>Lets go of the connections that nobody uses any more.</summary>
    void Close();
}
