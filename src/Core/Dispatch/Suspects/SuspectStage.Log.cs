using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Suspects;

internal sealed partial class SuspectStage
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler} runs on event {EventId} in a process of its own: an agent died {Deaths} times with it in hand")]
    private static partial void Suspected(ILogger logger, string handler, string eventId, int deaths);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} killed the process it ran in, on event {EventId} ({ExitCode}); from now on all its events run there")]
    private static partial void Died(ILogger logger, string handler, string eventId, string exitCode);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler} runs on event {EventId} in this process with nothing beside it: {Reason}")]
    private static partial void Alone(ILogger logger, string handler, string eventId, string reason);
}
