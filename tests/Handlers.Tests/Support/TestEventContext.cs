using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>One event in the hands of a handler.</summary>
internal sealed class TestEventContext(FlatfileEvent @event, IEventRecords? records = null) : EventContext
{
    public CollectingLogger Log { get; } = new();

    public override FlatfileEvent Event => @event;

    public override int Attempt => 1;

    public override ILogger Logger => Log;

    public override IEventRecords Records => records ?? throw new InvalidOperationException("This event has no rows.");
}
