using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.RabbitMq;

internal sealed partial class RabbitMqDriver
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Receiving from {Queues} queues of {Prefix}, at most {Prefetch} events of each in hand")]
    private static partial void Receiving(ILogger logger, string prefix, int queues, int prefetch);
}
