using Flatfile.Agent.Host.Dashboard.Recurring;
using Flatfile.Agent.Host.Dashboard.Markup;

namespace Flatfile.Agent.Host.Dashboard.Pages.Sections;

/// <summary>Work that comes again by the clock.</summary>
internal static class RecurringSection
{
    public static Html Of(DashboardView view, PageFrame page) => Parts.Section(
        "recurring", "Recurring",
        DataTable.Of(
            "Recurring work", ["Name", "Schedule", "State", "Next", "Last", "Outcome", "Orders"],
            (view.Recurring ?? []).Select<RecurringRow, IReadOnlyList<Html>>(r =>
            [
                Html.Of($"{r.Name}"), Html.Of($"<code>{r.Schedule}</code>"), State(r), Parts.When(r.NextAt, view.At), Parts.When(r.LastAt, view.At), Html.Of($"{r.LastOutcome}"),
                Html.Of($"""
                    {Parts.Order(page, $"/recurring/run?name={r.Name}", "Run now", r.Name)}
                    {(r.IsPaused ? Parts.Order(page, $"/recurring/resume?name={r.Name}", "Resume", r.Name) : Parts.Order(page, $"/recurring/pause?name={r.Name}", "Pause", r.Name))}
                    """),
            ]),
            "This agent has no recurring work."),
        view.Recurring?.Count);

    private static Html State(RecurringRow row) =>
        row.IsRunning ? Parts.Badge("running", "live") : row.IsPaused ? Parts.Badge("paused", "warn") : Parts.Badge("on", "good");
}
