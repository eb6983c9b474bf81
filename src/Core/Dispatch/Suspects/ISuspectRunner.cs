namespace Flatfile.Agent.Core.Dispatch.Suspects;

/// <summary>Runs handlers that may kill the process in a process of their own. One at a time.</summary>
internal interface ISuspectRunner
{
    /// <summary>Runs a handler once. Never throws for what the handler does.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="cancellationToken">Fires when the grace time of the shutdown is over: the other process is ended.</param>
    Task<SuspectEnd> RunAsync(SuspectCall call, CancellationToken cancellationToken);
}
