using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Events;

internal sealed partial class CronTopics
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The events of the clock could not be raised now; they come with the next look")]
    private static partial void LogLater(ILogger logger, Exception fault);
}
