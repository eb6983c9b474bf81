using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Auth.Access;

internal sealed partial class AccessDecisions
{
    [LoggerMessage(LogLevel.Warning, "Access handler {Handler} did not answer on {UserId} in {SpaceId} within {Milliseconds} ms")]
    private static partial void LogLate(ILogger logger, string handler, string spaceId, string userId, double milliseconds);

    [LoggerMessage(LogLevel.Error, "Access handler {Handler} failed on {UserId} in {SpaceId}")]
    private static partial void LogFailed(ILogger logger, Exception fault, string handler, string spaceId, string userId);

    [LoggerMessage(LogLevel.Error, "Access handler {Handler} answered {Role} on {UserId} in {SpaceId}, which is no role; owner, admin, editor and viewer are")]
    private static partial void LogStrange(ILogger logger, string handler, string spaceId, string userId, string? role);
}
