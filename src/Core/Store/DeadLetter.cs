using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Jobs;

namespace Flatfile.Agent.Core.Store;

/// <summary>An event or job given up, with everything needed to understand and repeat it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="EventId">The event; null when it could not be read.</param>
/// <param name="Topic">The event's topic; null when it could not be read.</param>
/// <param name="HandlerId">The handler that gave up; null when no handler saw it.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Stack">The exception as text, if there was one.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Body">The event as received.</param>
/// <param name="At">When it was given up.</param>
public sealed record DeadLetter(
    long Id, string? EventId, string? Topic, string? HandlerId, string Reason, string? Stack, int Attempts, ReadOnlyMemory<byte> Body, DateTimeOffset At)
{
    /// <summary>The event's space; null when it has none or could not be read.</summary>
    public string? SpaceId { get; init; }

    /// <summary>The version the handler's plugin had then.</summary>
    public string? HandlerVersion { get; init; }

    /// <summary>The earlier letter of which this is the repetition that failed too.</summary>
    public long? ReplayOf { get; init; }

    /// <summary>The event as a person changed it for the replay; the original stays in <see cref="Body"/>.</summary>
    public ReadOnlyMemory<byte>? Edited { get; init; }

    /// <summary>When its replay was asked for; null when nobody did.</summary>
    public DateTimeOffset? ReplayAskedAt { get; init; }

    /// <summary>When the pipeline had settled its replay.</summary>
    public DateTimeOffset? ReplayedAt { get; init; }

    /// <summary>When a person gave it up for good.</summary>
    public DateTimeOffset? DroppedAt { get; init; }

    /// <summary>Why its last replay could not begin.</summary>
    public string? Note { get; init; }

    /// <summary>Where it stands.</summary>
    public DeadLetterState State => DeadLetterStates.Of(ReplayAskedAt, ReplayedAt, DroppedAt);

    /// <summary>What a list shows of it.</summary>
    public DeadLetterSummary Summary => new(Id, EventId, Topic, HandlerId, Reason, Attempts, At)
    {
        SpaceId = SpaceId,
        HandlerVersion = HandlerVersion,
        ReplayOf = ReplayOf,
        Note = Note,
        State = State,
    };

    /// <summary>What a replay sends: the changed event, else the original.</summary>
    public ReadOnlyMemory<byte> Sent => Edited ?? Body;

    /// <summary>The letter of a delivery; what the steps learned of the event before stands in it.</summary>
    internal static DeadLetter Of(EventReceipt receipt, string? handlerId, string reason, Exception? fault, int attempts, DateTimeOffset at)
    {
        var @event = receipt.ReadEvent;
        var handler = handlerId ?? receipt.OnlyHandler;
        return new DeadLetter(0, @event?.Id, @event?.Topic, handler, reason, fault?.ToString(), attempts, receipt.Delivery.Body, at)
        {
            SpaceId = @event?.Context.SpaceId,
            HandlerVersion = handler is null ? null : receipt.Catalog.VersionOf(handler),
            ReplayOf = receipt.ReplayOf,
        };
    }

    /// <summary>The letter of a ticket whose end could not be told; the end itself stands where a stack would.</summary>
    internal static DeadLetter Of(JobTicket ticket, HandlerCatalog catalog, string reason, string outcome, DateTimeOffset at)
    {
        var @event = FlatfileEvent.Parse(ticket.Event);
        return new DeadLetter(0, ticket.EventId, @event.Topic, ticket.HandlerId, reason, outcome, ticket.Attempt, ticket.Event, at)
        {
            SpaceId = @event.Context.SpaceId,
            HandlerVersion = catalog.VersionOf(ticket.HandlerId),
        };
    }
}
