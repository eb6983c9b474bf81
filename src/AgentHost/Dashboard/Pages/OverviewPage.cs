using Flatfile.Agent.Host.Dashboard.Orders;
using Flatfile.Agent.Host.Dashboard.Pages.Sections;
using Flatfile.Agent.Host.Dashboard.Markup;

namespace Flatfile.Agent.Host.Dashboard.Pages;

/// <summary>The page: everything of the agent below each other.</summary>
internal static class OverviewPage
{
    private static readonly (string Id, string Title)[] Order =
        [("running", "Running"), ("waiting", "Queued"), ("failed", "Failed"), ("recurring", "Recurring"), ("dead", "Dead letters"), ("events", "Events"), ("plugins", "Plugins"), ("bindings", "Bindings")];

    public static Html Of(DashboardView view, string? done, PageFrame page) => Html.Of($"""
        <h1 class="hidden">The agent</h1>
        <nav class="jump" aria-label="Sections">{Order.Select(o => Html.Of($"""<a href="#{o.Id}">{o.Title}</a> """))}<a href="{page.Address($"")}">Refresh</a></nav>
        {(OrderNotes.Of(done) is { } note ? Html.Of($"""<p class="note" role="status">{note}</p>""") : Html.None)}
        <form id="{Parts.OrderForm}" method="post">{page.FormToken()}</form>
        {SummarySection.Of(view)}
        {(view.Stored is not { } stored ? Html.None : Html.Of($"""
        {JobSections.Running(view, stored, page)}
        {JobSections.Waiting(view, stored, page)}
        {JobSections.Failed(view, stored, page)}
        {RecurringSection.Of(view, page)}
        {DeadSection.Of(view, stored, page)}
        """))}
        {EventsSection.Of(view)}
        {PluginsSection.Of(view)}
        {BindingsSection.Of(view)}
        """);
}
