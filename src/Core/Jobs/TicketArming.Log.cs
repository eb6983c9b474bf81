using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

internal sealed partial class TicketArming
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Ticket {TicketId} could not be given to the engine; it is tried again within a minute")]
    private static partial void NotArmed(ILogger logger, Exception fault, string ticketId);
}
