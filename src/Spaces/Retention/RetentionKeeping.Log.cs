using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Retention;

internal sealed partial class RetentionKeeping
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The data of space {Space} is removed, as policy {Policy} keeps it for {Days} days")]
    private static partial void LogEnded(ILogger logger, string space, string policy, double days);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The data of {Space} could not be removed as its retention policy says; it is tried again within a minute")]
    private static partial void LogLater(ILogger logger, Exception fault, string space);
}
