namespace Flatfile.Agent.Core.Jobs;

/// <summary>What an engine is given of a ticket. Only the id decides what is run; the other ids are for people who look at the engine.</summary>
/// <param name="Id">The ticket.</param>
public sealed record EngineTicket(string Id)
{
    /// <summary>The earliest time; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Its place among those that are due.</summary>
    public TicketPriority Priority { get; init; }

    /// <summary>The handler, or null when it is not known where the ticket is handed over.</summary>
    public string? HandlerId { get; init; }

    /// <summary>The Flatfile job, or null.</summary>
    public string? JobId { get; init; }

    /// <summary>The space of the event, or null.</summary>
    public string? SpaceId { get; init; }

    internal static EngineTicket Of(JobTicket ticket) => new(ticket.Id)
    {
        NotBefore = ticket.NotBefore,
        Priority = ticket.Attempt > 0 ? TicketPriority.Begun : TicketPriority.Fresh,
        HandlerId = ticket.HandlerId,
        JobId = ticket.JobId,
        SpaceId = SpaceOf(ticket),
    };

    /// <summary>An event that cannot be read any more must not keep its ticket from being run, and so from being failed with a reason.</summary>
    private static string? SpaceOf(JobTicket ticket)
    {
        try
        {
            return FlatfileEvent.Parse(ticket.Event).Context.SpaceId;
        }
        catch (UnreadableEventException)
        {
            return null;
        }
    }
}
