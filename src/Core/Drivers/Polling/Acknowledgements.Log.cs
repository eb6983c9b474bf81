using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.Polling;

internal sealed partial class Acknowledgements
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Event {EventId} could not be acknowledged; it is listed again and dropped")]
    private static partial void NotAcknowledged(ILogger logger, Exception fault, string eventId);
}
