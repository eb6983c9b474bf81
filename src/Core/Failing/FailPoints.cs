namespace Flatfile.Agent.Core.Failing;

/// <summary>The places at which the process can be made to fail.</summary>
internal static class FailPoints
{
    /// <summary>An event was received; nothing is stored.</summary>
    public const string EventReceived = "event.received";

    /// <summary>Its handlers have taken it; none has run.</summary>
    public const string EventClaimed = "event.claimed";

    /// <summary>An event handler has ended; the inbox does not know.</summary>
    public const string EventHandled = "event.handled";

    /// <summary>Everything is stored; the delivery is not settled.</summary>
    public const string EventStored = "event.stored";

    /// <summary>A ticket is stored; the engine does not know it.</summary>
    public const string TicketStored = "job.ticket-stored";

    /// <summary>The engine brought a ticket; the attempt is not stored.</summary>
    public const string Fetched = "job.fetched";

    /// <summary>The attempt is stored; Flatfile does not know.</summary>
    public const string Claimed = "job.claimed";

    /// <summary>Flatfile knows the run; the handler has not begun.</summary>
    public const string Acknowledged = "job.acknowledged";

    /// <summary>The handler sends rows; they have not left.</summary>
    public const string BeforePost = "job.before-post";

    /// <summary>The rows are in; the handler does not know.</summary>
    public const string AfterPost = "job.after-post";

    /// <summary>A checkpoint is about to be stored.</summary>
    public const string BeforeCheckpoint = "job.before-checkpoint";

    /// <summary>A checkpoint is stored; the handler does not know.</summary>
    public const string AfterCheckpoint = "job.after-checkpoint";

    /// <summary>A page was handled; the place is not stored.</summary>
    public const string PageHandled = "job.page-handled";

    /// <summary>The place behind a page is stored.</summary>
    public const string PageRemembered = "job.page-remembered";

    /// <summary>The plan of a split is stored; the parts are not made.</summary>
    public const string SplitPlanned = "job.split-planned";

    /// <summary>The parts are made; the run has not ended.</summary>
    public const string SplitMade = "job.split-made";

    /// <summary>Progress is about to be told.</summary>
    public const string BeforeProgress = "job.before-progress";

    /// <summary>Progress was told.</summary>
    public const string AfterProgress = "job.after-progress";

    /// <summary>The handler has returned; its outcome is not stored.</summary>
    public const string HandlerReturned = "job.handler-returned";

    /// <summary>The outcome is stored; Flatfile does not know.</summary>
    public const string BeforeComplete = "job.before-complete";

    /// <summary>Flatfile knows the end; the ticket does not.</summary>
    public const string AfterComplete = "job.after-complete";

    /// <summary>The ticket has ended; the engine still has it.</summary>
    public const string Ended = "job.ended";

    /// <summary>Before the name of a step of the cleanup: those of <see cref="CleanupSteps"/>.</summary>
    public const string Cleanup = "cleanup.";

    /// <summary>The steps of the cleanup of a space, in their order.</summary>
    public static IReadOnlyList<string> CleanupSteps { get; } =
    [
        "chosen", "stored.plan", "export.begin", "export.written", "export.verified", "export.noted", "export.named", "stored.Exported", "stored.Deleting",
        "delete.done", "stored.Deleted",
    ];

    /// <summary>All of them, in the order in which a run meets them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        EventReceived, EventClaimed, EventHandled, EventStored, TicketStored, Fetched, Claimed, Acknowledged, BeforePost, AfterPost, BeforeCheckpoint, AfterCheckpoint,
        PageHandled, PageRemembered, SplitPlanned, SplitMade, BeforeProgress, AfterProgress, HandlerReturned, BeforeComplete, AfterComplete, Ended,
        .. CleanupSteps.Select(step => Cleanup + step),
    ];
}
