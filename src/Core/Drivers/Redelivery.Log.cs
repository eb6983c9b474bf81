using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers;

internal sealed partial class Redelivery
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryCount} of an event was not settled; it is delivered again")]
    private static partial void DeliveryFaulted(ILogger logger, Exception fault, int deliveryCount);
}
