using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Bridge;

internal sealed partial class BridgePublishing
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The bridge could not publish to {Publisher}; the events wait in the outbox, trying again")]
    private static partial void NotPublished(ILogger logger, Exception fault, string publisher);

    [LoggerMessage(Level = LogLevel.Information, Message = "The bridge publishes to {Publisher} again")]
    private static partial void PublishedAgain(ILogger logger, string publisher);
}
