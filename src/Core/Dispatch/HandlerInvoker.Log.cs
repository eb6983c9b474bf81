using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch;

internal sealed partial class HandlerInvoker
{
    [LoggerMessage(Level = LogLevel.Critical, Message = "{Handler} does not end on event {EventId} although it was told to; it is left alone and its calls are refused")]
    private static partial void Stuck(ILogger logger, string handler, string eventId);
}
