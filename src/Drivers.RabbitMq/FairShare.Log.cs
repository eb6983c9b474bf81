using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.RabbitMq;

internal sealed partial class FairShare
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "It could not be seen how many processes share the queues; looking again later")]
    private static partial void NotLooked(ILogger logger, Exception fault);
}
