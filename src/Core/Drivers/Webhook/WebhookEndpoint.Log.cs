using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.Webhook;

internal sealed partial class WebhookEndpoint
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A posted body from {Address} was refused: {Reason}. Others like it are not said for a while")]
    private static partial void Refused(ILogger logger, string? address, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Posted events could not be stored; their sender is asked to come again")]
    private static partial void NotStored(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} posted events cannot be read and were put to the dead letters, the first: {Reason}")]
    private static partial void Unreadable(ILogger logger, int count, string reason);
}
