namespace Flatfile.Agent.Core.Store;

/// <summary>What a list shows of a dead letter: all but stack and event.</summary>
/// <param name="Id">Its number.</param>
/// <param name="EventId">The event; null when it could not be read.</param>
/// <param name="Topic">The event's topic; null when it could not be read.</param>
/// <param name="HandlerId">The handler that gave up; null when no handler saw it.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="At">When it was given up.</param>
public sealed record DeadLetterSummary(long Id, string? EventId, string? Topic, string? HandlerId, string Reason, int Attempts, DateTimeOffset At)
{
    /// <summary>The event's space; null when it has none or could not be read.</summary>
    public string? SpaceId { get; init; }

    /// <summary>The version the handler's plugin had then.</summary>
    public string? HandlerVersion { get; init; }

    /// <summary>The earlier letter of which this is the repetition that failed too.</summary>
    public long? ReplayOf { get; init; }

    /// <summary>Why its last replay could not begin.</summary>
    public string? Note { get; init; }

    /// <summary>Where it stands.</summary>
    public DeadLetterState State { get; init; }
}
