using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.RabbitMq;

internal sealed partial class ChannelSettlements
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "The channel is gone before all settlements were sent; their events come again")]
    private static partial void ChannelLost(ILogger logger, Exception fault);
}
