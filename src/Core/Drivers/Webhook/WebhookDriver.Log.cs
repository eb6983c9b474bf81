using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.Webhook;

internal sealed partial class WebhookDriver
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Receiving what is posted to {Path}")]
    private static partial void Receiving(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue of posted events could not be read; trying again")]
    private static partial void QueueFaulted(ILogger logger, Exception fault);
}
