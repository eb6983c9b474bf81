using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs.Recurring;

internal sealed partial class RecurringRuns
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Recurring work {Recurring} could not be run now; it is tried again")]
    private static partial void Broken(ILogger log, Exception fault, string recurring);
}
