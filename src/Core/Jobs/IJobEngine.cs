using Flatfile.Agent.Core.Jobs.Recurring;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>Calls <see cref="EngineRuns"/> for tickets and recurring work when they are due. Chosen by <see cref="Name"/> in the configuration.</summary>
/// <remarks>
/// An engine knows ticket ids and times, nothing else. It may run a ticket again after a crash, may run one that has ended, and may run one
/// on two nodes: the runner decides what is still to do. It must not lose an enqueued ticket when the process dies.
/// </remarks>
public interface IJobEngine
{
    /// <summary>The name the configuration uses; unique among engines.</summary>
    string Name { get; }

    /// <summary>What is wrong with the settings, a sentence each that says what to do. Connects to nothing.</summary>
    IEnumerable<string> FaultsInSettings();

    /// <summary>Begins to run what is due; after a pause, goes on.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Begins no further run. Runs in hand go on.</summary>
    Task PauseAsync(CancellationToken cancellationToken);

    /// <summary>Ends the engine; runs still in hand are told by their token and found again at the next start.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Returns when the ticket is stored durably. A ticket that waits is moved to the new time; one that runs is run once more.</summary>
    Task EnqueueAsync(EngineTicket ticket, CancellationToken cancellationToken);

    /// <summary>Forgets a ticket that waits, and trips the token of its run, on whichever node it runs. A ticket that is not known is no fault.</summary>
    Task CancelAsync(string ticketId, CancellationToken cancellationToken);

    /// <summary>Every ticket that waits or runs; one that was enqueued while it runs may be in it twice. Of all nodes that share the engine's store.</summary>
    Task<IReadOnlyList<EngineEntry>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Keeps exactly these times from now on. A time that came while no node was there is told once, late. Told again unchanged, nothing changes.
    /// </summary>
    Task SetRecurringAsync(IReadOnlyList<RecurringEntry> entries, CancellationToken cancellationToken);
}
