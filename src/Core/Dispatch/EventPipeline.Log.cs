using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch;

internal sealed partial class EventPipeline
{
    [LoggerMessage(Level = LogLevel.Error, Message = "An event could not be dispatched (delivery {DeliveryCount}); it is given back")]
    private static partial void Faulted(ILogger logger, Exception fault, int deliveryCount);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A delivery could not be settled; its source brings it again")]
    private static partial void NotSettled(ILogger logger, Exception fault);
}
