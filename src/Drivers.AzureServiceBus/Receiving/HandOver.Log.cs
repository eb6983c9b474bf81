using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

internal sealed partial class HandOver
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryCount} of message {MessageId} was not settled; it is given back")]
    private static partial void DeliveryFaulted(ILogger logger, Exception fault, string messageId, int deliveryCount);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {MessageId} could not be given back; it comes again when its lock ends")]
    private static partial void NotGivenBack(ILogger logger, Exception fault, string messageId);
}
