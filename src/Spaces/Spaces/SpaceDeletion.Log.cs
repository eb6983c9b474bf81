using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Spaces;

internal sealed partial class SpaceDeletion
{
    [LoggerMessage(LogLevel.Warning, "Space {SpaceId} is deleted although its database could not be read: {Reason}")]
    private static partial void LogDamaged(ILogger logger, string spaceId, string reason);

    [LoggerMessage(LogLevel.Warning, "The folder {Path} of a deleted space is still there; the next start removes it")]
    private static partial void LogLeft(ILogger logger, Exception fault, string path);
}
