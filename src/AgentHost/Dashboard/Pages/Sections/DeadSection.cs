using Flatfile.Agent.Host.DeadLetters;
using Flatfile.Agent.Host.Dashboard.Markup;

namespace Flatfile.Agent.Host.Dashboard.Pages.Sections;

/// <summary>What was given up and waits for a person.</summary>
internal static class DeadSection
{
    public static Html Of(DashboardView view, DashboardView.StoredView stored, PageFrame page) => Parts.Section(
        "dead", "Dead letters",
        Html.Of($"""
            {DataTable.Of(
                "Dead letters", ["No.", "Reason", "Handler", "Topic", "Space", "Tries", "Given up", "Orders"],
                stored.Letters.Letters.Select<LetterView, IReadOnlyList<Html>>(l =>
                [
                    Html.Of($"""<a href="{page.Address($"/dead/{l.Id}")}" aria-label="Dead letter {l.Id}">{l.Id}</a>"""),
                    Html.Of($"{l.Reason}{(l.Note is null ? Html.None : Html.Of($"""<div class="info">{l.Note}</div>"""))}"),
                    Html.Of($"{l.Handler}"), Html.Of($"{l.Topic}"), Parts.Id(l.Space), Html.Of($"{l.Tries}"), Parts.When(l.At, view.At),
                    l.State == "open" ? Parts.Order(page, $"/dead/{l.Id}/replay", "Replay", $"dead letter {l.Id}") : Parts.Badge("replay asked for", "live"),
                ]),
                "Nothing was given up.")}
            {Parts.Pager(view.Query, "dead", view.Query.Dead, stored.Letters.Next)}
            """),
        stored.Letters.Total);
}
