namespace Flatfile.Agent.Core.Jobs.Desk;

/// <summary>A ticket in a list.</summary>
public sealed record TicketSummary
{
    /// <summary>Grows with every ticket; what paging goes by.</summary>
    public required long Number { get; init; }

    /// <summary>The ticket.</summary>
    public required string Id { get; init; }

    /// <summary>The Flatfile job.</summary>
    public required string JobId { get; init; }

    /// <summary>The handler that runs it.</summary>
    public required string HandlerId { get; init; }

    /// <summary>The event it came from.</summary>
    public required string EventId { get; init; }

    /// <summary>The topic of that event; null when the event cannot be read.</summary>
    public string? Topic { get; init; }

    /// <summary>The space of that event, when it has one.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Where it stands.</summary>
    public required TicketState State { get; init; }

    /// <summary>Runs begun.</summary>
    public required int Attempt { get; init; }

    /// <summary>When the ticket was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was written last; of one that ended, when it ended.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When the present run began; null when none does.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>It is not run before; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The agent that runs it; null when none does.</summary>
    public string? Node { get; init; }

    /// <summary>Why it ended, or why its last run was given back.</summary>
    public string? Reason { get; init; }

    /// <summary>True when the job has a later ticket: it was retried.</summary>
    public bool IsRetried { get; init; }
}
