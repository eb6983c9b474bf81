using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch;

internal sealed partial class FaultyFilters
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Event {EventId} is kept among the dead letters of {Handler}: its filter throws")]
    private static partial void Kept(ILogger logger, Exception fault, string eventId, string handler);
}
