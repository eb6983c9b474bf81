using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.DeadLetters;

internal sealed partial class AzureServiceBusDeadLetters
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Dead letter {MessageId} could not be given back; it is seen again when its lock ends")]
    private static partial void NotGivenBack(ILogger logger, Exception fault, string messageId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Whether {Entity} detects duplicates could not be asked; without the right to manage it is taken for granted that it does not")]
    private static partial void DuplicateDetectionUnknown(ILogger logger, Exception fault, string entity);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} dead letters were not found among those that could be looked at at once. Resubmit older ones first, or empty the dead-letter queue of what nobody needs")]
    private static partial void NotAllLookedAt(ILogger logger, int count);
}
