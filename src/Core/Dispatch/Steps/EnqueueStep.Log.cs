using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Steps;

internal sealed partial class EnqueueStep
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    private static partial void NoJob(ILogger logger, string reason);
}
