namespace Flatfile.Agent.Core.Jobs;

/// <summary>Calls <see cref="IJobRunner.RunAsync"/> for tickets when they are due. Chosen by <see cref="Name"/> in the configuration.</summary>
/// <remarks>
/// An engine knows ticket ids and times, nothing else. It may run a ticket again after a crash and may run one that has ended:
/// the runner decides what is still to do. It must not lose an enqueued ticket when the process dies.
/// </remarks>
public interface IJobEngine
{
    /// <summary>The name the configuration uses; unique among engines.</summary>
    string Name { get; }

    /// <summary>Begins to run what is due.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Begins no further run. Runs in hand go on.</summary>
    Task PauseAsync(CancellationToken cancellationToken);

    /// <summary>Ends the engine; runs still in hand are told by their token and found again at the next start.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Returns when the ticket is stored durably. A ticket enqueued before is moved to the new time.</summary>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="notBefore">The earliest time; null for at once.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task EnqueueAsync(string ticketId, DateTimeOffset? notBefore, CancellationToken cancellationToken);
}
