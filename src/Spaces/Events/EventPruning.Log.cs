using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Events;

internal sealed partial class EventPruning
{
    [LoggerMessage(LogLevel.Information, "Removed {Count} events older than {Age} from the log")]
    private static partial void LogRemoved(ILogger logger, long count, TimeSpan age);

    [LoggerMessage(LogLevel.Warning, "Old events could not be removed from the log; the next try is in {Pause}")]
    private static partial void LogFailed(ILogger logger, Exception fault, TimeSpan pause);
}
