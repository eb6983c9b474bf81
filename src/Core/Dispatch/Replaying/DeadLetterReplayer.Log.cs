using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Replaying;

internal sealed partial class DeadLetterReplayer
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Dead letter {Letter} (event {EventId}, handler {Handler}) was replayed")]
    private static partial void Replayed(ILogger logger, long letter, string? eventId, string? handler);

    [LoggerMessage(Level = LogLevel.Information, Message = "The job of dead letter {Letter} (event {EventId}, handler {Handler}) waits for its run again")]
    private static partial void Requeued(ILogger logger, long letter, string? eventId, string? handler);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dead letter {Letter} could not be replayed and waits again: {Reason}")]
    private static partial void NotReplayed(ILogger logger, long letter, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} dead letters that were replayed or dropped before {Before} are forgotten")]
    private static partial void Forgotten(ILogger logger, int count, DateTimeOffset before);

    [LoggerMessage(Level = LogLevel.Error, Message = "Replaying dead letters failed; it is tried again in a while")]
    private static partial void Faulted(ILogger logger, Exception fault);
}
