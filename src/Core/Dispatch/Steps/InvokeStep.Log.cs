using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

internal sealed partial class InvokeStep
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler} failed on event {EventId} (try {Attempt}); next try in {Delay}")]
    private static partial void FailedOnce(ILogger logger, Exception fault, string handler, string eventId, int attempt, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} gave event {EventId} up, it is among the dead letters: {Reason}")]
    private static partial void GaveUp(ILogger logger, Exception? fault, string handler, string eventId, string reason);
}
