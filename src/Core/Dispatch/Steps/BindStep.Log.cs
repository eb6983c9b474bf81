using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

internal sealed partial class BindStep
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Event {EventId} came again: {Done} of {Handlers} handlers are done with it")]
    private static partial void KnownAlready(ILogger logger, string eventId, int done, int handlers);
}
