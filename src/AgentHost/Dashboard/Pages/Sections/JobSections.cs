using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Jobs.Desk;
using Flatfile.Agent.Host.Dashboard.Markup;

namespace Flatfile.Agent.Host.Dashboard.Pages.Sections;

/// <summary>Jobs: those that run, at whichever agent, those that wait, those that ended badly.</summary>
internal static class JobSections
{
    public static Html Running(DashboardView view, DashboardView.StoredView stored, PageFrame page) => Parts.Section(
        "running", "Running",
        Html.Of($"""
            {DataTable.Of(
                "Running jobs", ["Job", "Progress", "Handler", "Space", "Run", "Since", "Agent", "Orders"],
                stored.Running.Tickets.Select(t => Row(t, stored, view.At, page)), "No job runs.")}
            {Parts.Pager(view.Query, "running", view.Query.Running, stored.Running.Next)}
            """),
        stored.Counts.Running);

    public static Html Waiting(DashboardView view, DashboardView.StoredView stored, PageFrame page) => Parts.Section(
        "waiting", "Queued",
        Html.Of($"""
            {DataTable.Of(
                "Queued jobs", ["Job", "Handler", "Space", "Runs so far", "Due", "Queued", "Last reason", "Orders"],
                stored.Waiting.Tickets.Select<TicketSummary, IReadOnlyList<Html>>(t =>
                [
                    Parts.Id(t.JobId), Html.Of($"{t.HandlerId}"), Parts.Id(t.SpaceId), Html.Of($"{t.Attempt}"),
                    t.NotBefore is { } due ? Parts.When(due, view.At) : Html.Of($"in its turn"), Parts.When(t.CreatedAt, view.At), Html.Of($"{t.Reason}"),
                    Html.Of($"""
                        {(t.NotBefore is null ? Html.None : Parts.Order(page, $"/jobs/{t.Id}/requeue", "Run now", t.JobId))}
                        {Parts.Order(page, $"/jobs/{t.Id}/cancel", "Cancel", t.JobId, $"Cancel job {t.JobId}?")}
                        """),
                ]),
                "No job waits.")}
            {Parts.Pager(view.Query, "waiting", view.Query.Waiting, stored.Waiting.Next)}
            """),
        stored.Counts.Waiting);

    public static Html Failed(DashboardView view, DashboardView.StoredView stored, PageFrame page) => Parts.Section(
        "failed", "Failed",
        Html.Of($"""
            {DataTable.Of(
                "Failed jobs", ["Job", "Reason", "Handler", "Space", "Runs", "Ended", "Orders"],
                stored.Failed.Tickets.Select<TicketSummary, IReadOnlyList<Html>>(t =>
                [
                    Parts.Id(t.JobId), Html.Of($"{t.Reason}"), Html.Of($"{t.HandlerId}"), Parts.Id(t.SpaceId), Html.Of($"{t.Attempt}"), Parts.When(t.ChangedAt, view.At),
                    Next(t, page),
                ]),
                "No job failed lately.")}
            {Parts.Pager(view.Query, "failed", view.Query.Failed, stored.Failed.Next)}
            """),
        stored.Counts.Failed);

    private static IReadOnlyList<Html> Row(TicketSummary ticket, DashboardView.StoredView stored, DateTimeOffset now, PageFrame page)
    {
        var progress = stored.Progress.GetValueOrDefault(ticket.JobId);
        return
        [
            Parts.Id(ticket.JobId),
            Html.Of($"""{Parts.Progress(progress?.Percent, $"Progress of {ticket.JobId}")}<div class="info">{progress?.Info}</div>"""),
            Html.Of($"{ticket.HandlerId}"), Parts.Id(ticket.SpaceId), Html.Of($"{ticket.Attempt}"), Parts.When(ticket.StartedAt ?? ticket.ChangedAt, now), Html.Of($"{ticket.Node}"),
            Parts.Order(page, $"/jobs/{ticket.Id}/cancel", "Cancel", ticket.JobId, $"Cancel job {ticket.JobId}?"),
        ];
    }

    private static Html Next(TicketSummary ticket, PageFrame page) => ticket switch
    {
        { IsRetried: true } => Parts.Badge("retried", "good"),
        { State: TicketState.Dead } => Html.Of($"""<a href="#dead">see dead letters</a>"""),
        _ => Parts.Order(page, $"/jobs/{ticket.Id}/retry", "Retry", ticket.JobId),
    };
}
