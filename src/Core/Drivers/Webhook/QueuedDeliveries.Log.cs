using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.Webhook;

internal sealed partial class QueuedDeliveries
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventId} is settled but could not be taken out of its queue; it comes again and is dropped")]
    private static partial void NotRemoved(ILogger logger, Exception fault, string eventId);
}
