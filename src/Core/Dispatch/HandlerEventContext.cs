using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch;

/// <summary>The context of one try of an inline handler.</summary>
internal sealed class HandlerEventContext(FlatfileEvent @event, int attempt, ILogger logger, IEventRecords records) : EventContext
{
    public override FlatfileEvent Event { get; } = @event;

    public override int Attempt { get; } = attempt;

    public override ILogger Logger { get; } = logger;

    public override IEventRecords Records { get; } = records;
}
