using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>What the steps know of one delivery on its way; each step fills in its part.</summary>
internal sealed class EventReceipt(EventDelivery delivery)
{
    private FlatfileEvent? _event;
    private string? _lane;
    private OpenParts? _parts;

    /// <summary>As received; after the read step with the whole event, where a claim for it was received.</summary>
    public EventDelivery Delivery { get; set; } = delivery;

    /// <summary>Set by the read step.</summary>
    public FlatfileEvent Event
    {
        get => _event ?? throw new InvalidOperationException("The event is not read yet.");
        set => _event = value;
    }

    /// <summary>Null until the event is read.</summary>
    public FlatfileEvent? ReadEvent => _event;

    /// <summary>Set by the bind step: who is to have the event. In a part: those of its lane.</summary>
    public IReadOnlyList<HandlerBinding> Bindings { get; set; } = [];

    /// <summary>Set by the bind step: the catalogue the bindings are of.</summary>
    public HandlerCatalog Catalog { get; set; } = HandlerCatalog.Empty;

    /// <summary>When set, the source is asked to bring the event again after this time: a handler of a refused plugin has not had it.</summary>
    public TimeSpan? ComeAgain { get; set; }

    /// <summary>When set, only this handler gets the event: a replayed dead letter.</summary>
    public string? OnlyHandler { get; init; }

    /// <summary>The dead letter that is replayed, if one is.</summary>
    public long? ReplayOf { get; init; }

    /// <summary>When this process got it.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Since when it has waited for its end: since Flatfile made the event, as far as that is known; of a repetition, since it was received.</summary>
    public DateTimeOffset Since =>
        OnlyHandler is null && ReplayOf is null && _event?.CreatedAt is { } created && created < ReceivedAt ? created : ReceivedAt;

    /// <summary>The lane of this part; of the whole the event's space, else its environment.</summary>
    public string Lane => _lane ?? Event.OrderingKey;

    /// <summary>Divides the way from here on by lanes.</summary>
    public IReadOnlyList<EventReceipt> Divide(IReadOnlyList<(string Lane, IReadOnlyList<HandlerBinding> Bindings)> lanes)
    {
        var parts = new OpenParts(lanes.Count);
        return [.. lanes.Select(l => Part(l.Lane, l.Bindings, parts))];
    }

    /// <summary>True for the last part to come to its end: only then nothing is left to do for the event.</summary>
    public bool EndsTheEvent() => _parts is null || _parts.EndOne();

    private EventReceipt Part(string lane, IReadOnlyList<HandlerBinding> bindings, OpenParts parts)
    {
        var part = (EventReceipt)MemberwiseClone();
        part._lane = lane;
        part._parts = parts;
        part.Bindings = bindings;
        return part;
    }

    /// <summary>How many parts are still on their way.</summary>
    private sealed class OpenParts(int count)
    {
        private int _count = count;

        public bool EndOne() => Interlocked.Decrement(ref _count) == 0;
    }
}
