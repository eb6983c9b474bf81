using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Bridge;

internal sealed partial class BridgeIntake
{
    [LoggerMessage(Level = LogLevel.Error, Message = "An event cannot be read, is not bridged and was put to the dead letters: {Reason}")]
    private static partial void Unreadable(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} received events could not be put into the outbox; trying again, and receiving no more meanwhile")]
    private static partial void NotStored(ILogger logger, Exception fault, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event is in the outbox but its source could not be told; it comes again and is dropped")]
    private static partial void NotSettled(ILogger logger, Exception fault);
}
