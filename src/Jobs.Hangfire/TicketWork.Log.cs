using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Jobs.Hangfire;

internal sealed partial class TicketWork
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The run of ticket {TicketId} could not be begun")]
    private static partial void NotRun(ILogger logger, Exception fault, string ticketId);
}
