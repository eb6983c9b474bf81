using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

internal sealed partial class InvokeStep
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler} failed on event {EventId} (try {Attempt}); next try in {Delay}")]
    private static partial void FailedOnce(ILogger logger, Exception fault, string handler, string eventId, int attempt, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Handler} was asked to call less often on event {EventId}; no try is counted, next one in {Delay}")]
    private static partial void ToldToWait(ILogger logger, string handler, string eventId, TimeSpan delay);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} gave event {EventId} up, it is among the dead letters: {Reason}")]
    private static partial void GaveUp(ILogger logger, Exception? fault, string handler, string eventId, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Event {EventId} came again and {Handler} is done with it")]
    private static partial void KnownAlready(ILogger logger, string eventId, string handler);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Another agent has event {EventId} in hand for {Handler}; waiting until it is done or gone")]
    private static partial void InOtherHands(ILogger logger, string eventId, string handler);
}
