using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Host.Dashboard.Markup;

namespace Flatfile.Agent.Host.Dashboard.Pages.Sections;

/// <summary>How the agent stands, at a glance.</summary>
internal static class SummarySection
{
    public static Html Of(DashboardView view)
    {
        var refused = view.Plugins.Count(p => p.Status.State != PluginState.Loaded);
        return Html.Of($"""
            <section id="summary" data-live aria-label="Summary">
            {(view.Health.IsReady ? Html.None : Html.Of($"""<p class="fault" role="alert"><strong>Not ready.</strong> {string.Join(' ', view.Health.WhyNotReady)}</p>"""))}
            <dl class="tiles">
            {(view.Stored is not { } stored ? Html.None : Html.Of($"""
            {Tile("Running", stored.Counts.Running, "#running")}
            {Tile("Queued", stored.Counts.Waiting, "#waiting")}
            {Tile("Failed", stored.Counts.Failed, "#failed", isBad: stored.Counts.Failed > 0)}
            {Tile("Dead letters", stored.Status.DeadLetters, "#dead", isBad: stored.Status.DeadLetters > 0)}
            {Tile("Events in hand", stored.Status.EventsInHand, "#events")}
            {Tile("Plugins refused", refused, "#plugins", isBad: refused > 0)}
            """))}
            </dl>
            {(view.Stored is not { Status: { } status } ? Html.None : Html.Of($"""
            <p class="faint">Driver {status.Driver}, engine {status.Engine}, store {status.Store}, {status.RunningJobs} of the runs in this process, {status.Unmatched} events without a handler since the start. {view.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)} UTC.</p>
            """))}
            </section>

            """);
    }

    private static Html Tile(string word, long number, string link, bool isBad = false) =>
        Html.Of($"""<div class="{(isBad ? "tile bad" : "tile")}"><dt><a href="{link}">{word}</a></dt><dd>{number}</dd></div>{"\n"}""");
}
