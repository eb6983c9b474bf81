using System.Net;
using Hangfire;
using Hangfire.Dashboard;

namespace Flatfile.Agent.Jobs.Hangfire.Dashboard;

/// <summary>The part of a job's page that says which ticket it is and how far it has come.</summary>
internal static class ProgressSection
{
    private static int s_used;

    /// <summary>Hangfire has one list of such parts for the whole process.</summary>
    public static void Use()
    {
        if (Interlocked.Exchange(ref s_used, 1) == 0)
        {
            GlobalConfiguration.Configuration.UseJobDetailsRenderer(10, Write);
        }
    }

    private static NonEscapedString Write(JobDetailsRendererDto page)
    {
        if (TicketWork.TicketOf(page.JobDetails.Job) is not { } ticketId)
        {
            return new NonEscapedString(string.Empty);
        }

        var row = page.JobDetails.Job;
        using var connection = page.Page.Storage.GetConnection();
        var facts = new (string Name, string? Value)[]
        {
            ("Handler", row.Args[3] as string),
            ("Job", row.Args[2] as string),
            ("Space", row.Args[1] as string),
            ("Ticket", ticketId),
            ("Progress", HangfireProgress.Read(connection, ticketId) ?? "none told yet"),
        };
        return new NonEscapedString(
            "<h3>Ticket</h3><dl class=\"dl-horizontal\">"
            + string.Concat(facts.Where(f => f.Value is not null).Select(f => $"<dt>{f.Name}:</dt><dd>{WebUtility.HtmlEncode(f.Value)}</dd>"))
            + "</dl>");
    }
}
