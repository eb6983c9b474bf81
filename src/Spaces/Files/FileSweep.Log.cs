using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Files;

internal sealed partial class FileSweep
{
    [LoggerMessage(LogLevel.Information, "Removed {Path}, whose upload was not finished or whose file was deleted when the server ended")]
    private static partial void LogRemoved(ILogger logger, string path);

    [LoggerMessage(LogLevel.Warning, "The bytes at {Path} belong to no file any more and could not be removed; the next start tries again")]
    private static partial void LogLeft(ILogger logger, Exception fault, string path);

    [LoggerMessage(LogLevel.Warning, "The files of space {SpaceId} could not be looked through: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string spaceId, string reason);
}
