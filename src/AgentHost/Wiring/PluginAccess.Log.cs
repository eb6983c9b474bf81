namespace Flatfile.Agent.Host.Wiring;

internal sealed partial class PluginAccess
{
    [LoggerMessage(LogLevel.Error, "Access handler {Handler} failed or was late on {UserId} in {SpaceId}")]
    private static partial void LogFailed(ILogger logger, Exception fault, string? handler, string userId, string spaceId);
}
