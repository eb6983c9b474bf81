using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

internal sealed partial class PlainIntake
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Message {MessageId} could not be given back; it comes again when its lock ends")]
    private static partial void NotReturned(ILogger logger, Exception fault, string messageId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} could not be locked anew when there was room for it; the bus delivers it again. If its lock was lost, lower Agent:AzureServiceBus:Prefetch")]
    private static partial void NotFresh(ILogger logger, Exception fault, string messageId);
}
