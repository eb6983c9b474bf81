using Microsoft.Extensions.Logging;

namespace Flatfile.Agent;

/// <summary>What a handler sees of the event it is handling.</summary>
public abstract class EventContext
{
    /// <summary>The event.</summary>
    public abstract FlatfileEvent Event { get; }

    /// <summary>1 on the first try.</summary>
    public abstract int Attempt { get; }

    /// <summary>Scoped to event, handler and attempt.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>The rows the event speaks of (its <c>dataUrl</c>).</summary>
    public abstract IEventRecords Records { get; }
}
