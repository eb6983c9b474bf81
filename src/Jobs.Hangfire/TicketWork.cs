using Flatfile.Agent.Core.Jobs;
using Hangfire;
using Hangfire.Common;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Jobs.Hangfire;

/// <summary>Hands the id of a ticket to the runner. The other ids are for people who look at the dashboard.</summary>
internal sealed partial class TicketWork(EngineRuns runs, Func<EngineTicket, Task> handBack, ILogger log)
{
    /// <summary>Hangfire reads this method's name and arguments from a row: they stay as they are.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="space">Shown.</param>
    /// <param name="job">Shown.</param>
    /// <param name="handler">Shown.</param>
    /// <param name="cancellationToken">Trips when the row was put into another state, or the server stops.</param>
    public async Task RunAsync(string ticket, string? space, string? job, string? handler, CancellationToken cancellationToken)
    {
        try
        {
            await runs.RunAsync(ticket, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await handBack(new EngineTicket(ticket) { Priority = TicketPriority.Begun, SpaceId = space, JobId = job, HandlerId = handler }).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            NotRun(log, fault, ticket);
            throw;
        }
    }

    /// <summary>The row for a ticket.</summary>
    public static Job RowOf(EngineTicket ticket) => Job.FromExpression<TicketWork>(
        work => work.RunAsync(ticket.Id, ticket.SpaceId, ticket.JobId, ticket.HandlerId, CancellationToken.None), TicketQueues.Of(ticket.Priority));

    /// <summary>The ticket of a row; null when it is a row of something else.</summary>
    public static string? TicketOf(Job? row) => row is not null && row.Type == typeof(TicketWork) && row.Args.Count > 0 ? row.Args[0] as string : null;
}
