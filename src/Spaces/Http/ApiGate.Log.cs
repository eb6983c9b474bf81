using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Http;

internal sealed partial class ApiGate
{
    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed (request {RequestId})")]
    private static partial void LogFailed(ILogger logger, Exception fault, string method, string path, string requestId);

    [LoggerMessage(LogLevel.Error, "Storage refused request {RequestId}: {Reason} {Cause}")]
    private static partial void LogStorage(ILogger logger, string requestId, string reason, string? cause);

    [LoggerMessage(LogLevel.Debug, "{Method} {Path} is answered {Status} (request {RequestId})")]
    private static partial void LogAnswered(ILogger logger, string method, string path, int status, string requestId);

    [LoggerMessage(LogLevel.Debug, "What request {RequestId} reads was deleted")]
    private static partial void LogEnded(ILogger logger, string requestId);

    [LoggerMessage(LogLevel.Debug, "The client of request {RequestId} went away")]
    private static partial void LogGone(ILogger logger, string requestId);
}
