using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs.Recurring;

internal sealed partial class RecurringClock
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "What recurring work is due could not be looked up; it is tried again")]
    private static partial void NotLooked(ILogger log, Exception fault);
}
