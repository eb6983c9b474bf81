using Hangfire.Common;
using Hangfire.Dashboard;

namespace Flatfile.Agent.Jobs.Hangfire.Dashboard;

/// <summary>What a row is called on the pages: handler, job, space, ticket, and how far it has come.</summary>
internal static class DisplayNames
{
    public static string Of(DashboardContext context, Job row)
    {
        if (TicketWork.TicketOf(row) is not { } ticketId)
        {
            return row.Type == typeof(RecurringWork) ? $"Recurring: {row.Args[0]}" : row.Method.Name;
        }

        var facts = new[] { row.Args[3] as string ?? "Ticket", row.Args[2] as string, row.Args[1] as string, ticketId }.OfType<string>();
        using var connection = context.Storage.GetConnection();
        var progress = HangfireProgress.Read(connection, ticketId);
        return string.Join(" · ", progress is null ? facts : facts.Append(progress));
    }
}
