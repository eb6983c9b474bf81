namespace Flatfile.Agent.Core.Dispatch.Replaying;

/// <summary>How a dead letter is replayed.</summary>
public enum ReplayWay
{
    /// <summary>The event goes to the handler that gave it up, and to no other.</summary>
    Handler,

    /// <summary>No handler saw the event: it goes to all it is for, except those that are done with it.</summary>
    AllHandlers,

    /// <summary>The job's handler had ended and only Flatfile was not told: it is told again, the handler does not run.</summary>
    UntoldEnd,
}
