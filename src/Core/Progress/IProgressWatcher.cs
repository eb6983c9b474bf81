namespace Flatfile.Agent.Core.Progress;

/// <summary>Told how far the runs of this process have come. Every one among the services is told.</summary>
public interface IProgressWatcher
{
    /// <summary>Told at most about once a second for a run, after Flatfile. A fault of it is logged and does not touch the run.</summary>
    /// <param name="ticketId">The ticket that runs.</param>
    /// <param name="percent">0 to 100.</param>
    /// <param name="info">One line, or null when the last one still holds.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task ToldAsync(string ticketId, double percent, string? info, CancellationToken cancellationToken);
}
