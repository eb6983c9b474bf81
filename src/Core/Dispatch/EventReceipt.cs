using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>What the steps know of one delivery on its way; each step fills in its part.</summary>
internal sealed class EventReceipt(EventDelivery delivery)
{
    private FlatfileEvent? _event;

    public EventDelivery Delivery { get; } = delivery;

    /// <summary>Set by the read step.</summary>
    public FlatfileEvent Event
    {
        get => _event ?? throw new InvalidOperationException("The event is not read yet.");
        set => _event = value;
    }

    /// <summary>Set by the take step: what each handler did with the event before.</summary>
    public IReadOnlyDictionary<string, InboxEntry> Inbox { get; set; } = new Dictionary<string, InboxEntry>();

    /// <summary>Set by the bind step: who is still to have the event.</summary>
    public IReadOnlyList<HandlerBinding> Bindings { get; set; } = [];

    /// <summary>Set by the lane step while there is something to do.</summary>
    public LaneSlot? Slot { get; set; }

    /// <summary>When set, only this handler gets the event: a replayed dead letter.</summary>
    public string? OnlyHandler { get; init; }

    /// <summary>The lane of the event: its space, else its environment.</summary>
    public string Lane => Event.Context.SpaceId ?? Event.Context.EnvironmentId ?? string.Empty;
}
