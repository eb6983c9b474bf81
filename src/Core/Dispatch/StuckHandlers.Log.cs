using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch;

internal sealed partial class StuckHandlers
{
    [LoggerMessage(Level = LogLevel.Critical, Message = "{Count} handlers do not end although they were told to, {Handler} the last: the agent goes down in order and asks to be started anew")]
    private static partial void TooMany(ILogger logger, int count, string handler);
}
