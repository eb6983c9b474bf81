using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Hosting;

internal sealed partial class SpacesHost
{
    [LoggerMessage(LogLevel.Error, "Spaces could not stop in order; the next start looks through all spaces. Nothing is lost")]
    private static partial void LogUncleanStop(ILogger logger, Exception fault);
}
