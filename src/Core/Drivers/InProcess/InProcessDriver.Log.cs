using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.InProcess;

internal sealed partial class InProcessDriver
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Receiving events of this process after position {Position}")]
    private static partial void Receiving(ILogger logger, long position);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event feed could not be read; trying again")]
    private static partial void FeedFaulted(ILogger logger, Exception fault);
}
