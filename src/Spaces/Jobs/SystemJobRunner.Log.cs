using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Jobs;

internal sealed partial class SystemJobRunner
{
    [LoggerMessage(LogLevel.Error, "Job {Job} of {Space} failed")]
    private static partial void LogFailed(ILogger logger, Exception fault, string job, string space);

    [LoggerMessage(LogLevel.Warning, "Job {Job} of {Space} waits {Pause}: {Reason}")]
    private static partial void LogWaits(ILogger logger, string job, string space, TimeSpan pause, string reason);

    [LoggerMessage(LogLevel.Warning, "The jobs of {Space} wait: {Reason}")]
    private static partial void LogSpaceWaits(ILogger logger, string space, string reason);
}
