namespace Flatfile.Agent.Core.Jobs;

/// <summary>What an engine calls for a due ticket.</summary>
public interface IJobRunner
{
    /// <summary>Runs one attempt at a ticket, or nothing when it has ended, is running, or waits for another of its lane. Throws only when the store fails.</summary>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="cancellationToken">Fires when the engine is ending: the run is handed back.</param>
    Task RunAsync(string ticketId, CancellationToken cancellationToken);
}
