using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Hosting;

internal sealed partial class StartSweep
{
    [LoggerMessage(LogLevel.Warning, "{Path} is no folder of a space this server made; it is left alone")]
    private static partial void LogStrange(ILogger logger, string path);
}
