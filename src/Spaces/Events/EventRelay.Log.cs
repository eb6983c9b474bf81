using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Events;

internal sealed partial class EventRelay
{
    [LoggerMessage(LogLevel.Error, "Events cannot be written to the central log; trying again in {Pause}. Nothing is lost: they stay in their spaces")]
    private static partial void LogNotWritten(ILogger logger, Exception fault, TimeSpan pause);

    [LoggerMessage(LogLevel.Warning, "The events of space {SpaceId} wait: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string spaceId, string reason);
}
