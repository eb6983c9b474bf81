using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

internal sealed partial class TicketReconciler
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Recovered} jobs were running when the agent ended last; {Armed} lanes have jobs to run")]
    private static partial void Resumed(ILogger logger, int recovered, int armed);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for forgotten tickets failed; it is done again in a while")]
    private static partial void Faulted(ILogger logger, Exception fault);
}
