using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch;

internal sealed partial class AbsentHandlers
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Event {EventId} is kept among the dead letters of {Handler}: {Reason}")]
    private static partial void Kept(ILogger logger, string eventId, string handler, string reason);
}
