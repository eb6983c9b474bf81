using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.RabbitMq;

internal sealed partial class PartitionReceiver
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Receiving from {Queue} was interrupted ({Why}); trying again")]
    private static partial void ChannelLost(ILogger logger, string queue, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Queue} is left to another process, which has fewer queues")]
    private static partial void GivenUp(ILogger logger, string queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "Events of {Queue} cannot be received; trying again. ./agent doctor looks at the queue and its settings")]
    private static partial void Faulted(ILogger logger, Exception fault, string queue);
}
