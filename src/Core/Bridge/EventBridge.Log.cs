using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Bridge;

internal sealed partial class EventBridge
{
    [LoggerMessage(Level = LogLevel.Information, Message = "This agent bridges events from {Source} to {Publisher}")]
    private static partial void Leading(ILogger logger, string source, string publisher);

    [LoggerMessage(Level = LogLevel.Error, Message = "The bridge from {Source} to {Publisher} failed; it is started again")]
    private static partial void Failed(ILogger logger, Exception fault, string source, string publisher);
}
