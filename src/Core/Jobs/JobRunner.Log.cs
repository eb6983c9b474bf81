using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

internal sealed partial class JobRunner
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Ticket {TicketId} waits for a place: its handler runs as often at once as it may")]
    private static partial void NoPlace(ILogger logger, string ticketId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Ticket {TicketId} is not run: {Answer}")]
    private static partial void NotRun(ILogger logger, string ticketId, ClaimAnswer answer);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} ended as {State} in run {Attempt}: {Reason}")]
    private static partial void Ended(ILogger logger, string jobId, TicketState state, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} waits after run {Attempt}, next run not before {Due}: {Reason}")]
    private static partial void Returned(ILogger logger, string jobId, int attempt, DateTimeOffset? due, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {JobId} waits: {Reason}")]
    private static partial void Parked(ILogger logger, string jobId, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} goes on after run {Attempt}, at another agent or at the next start: {Reason}")]
    private static partial void HandedBack(ILogger logger, string jobId, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Attempt} of job {JobId} was taken over by another one; what it did last is not counted")]
    private static partial void TakenOver(ILogger logger, string jobId, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store failed at ticket {TicketId}; the ticket is taken back when its lease has run out")]
    private static partial void Broken(ILogger logger, Exception fault, string ticketId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Flatfile could not be asked for job {JobId}")]
    private static partial void NotAsked(ILogger logger, Exception fault, string jobId);
}
