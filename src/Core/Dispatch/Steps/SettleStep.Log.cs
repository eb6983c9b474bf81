using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

internal sealed partial class SettleStep
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventId} is handled but its source could not be told; it comes again and is dropped")]
    private static partial void NotSettled(ILogger logger, Exception fault, string eventId);
}
