using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Files;

internal sealed partial class FileEndpoints
{
    [LoggerMessage(LogLevel.Warning, "The bytes of the deleted file {FileId} are still at {Path}; delete them by hand")]
    private static partial void LogLeft(ILogger logger, Exception fault, string fileId, string path);
}
