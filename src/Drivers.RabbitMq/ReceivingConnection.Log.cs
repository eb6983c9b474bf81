using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.RabbitMq;

internal sealed partial class ReceivingConnection
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "RabbitMQ cannot be reached; trying again")]
    private static partial void Away(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "RabbitMQ at {Host}:{Port} is reached again")]
    private static partial void Back(ILogger logger, string host, int port);
}
