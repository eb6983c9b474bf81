using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Jobs.Quartz;

internal sealed partial class QuartzJobEngine
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Running jobs by Quartz, at most {Limit} at a time")]
    private static partial void Started(ILogger logger, int limit);
}
