using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.RabbitMq;

internal sealed partial class PartitionChannel
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "An event could not be settled; it comes again")]
    private static partial void NotSettled(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryCount} of an event was not settled; it is delivered again")]
    private static partial void DeliveryFaulted(ILogger logger, Exception fault, int deliveryCount);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A channel could not be closed in order")]
    private static partial void NotClosed(ILogger logger, Exception fault);
}
