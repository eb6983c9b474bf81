using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

internal sealed partial class ReadStep
{
    [LoggerMessage(Level = LogLevel.Error, Message = "An event cannot be read and was put to the dead letters: {Reason}")]
    private static partial void Unreadable(ILogger logger, string reason);
}
