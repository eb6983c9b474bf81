using Flatfile.Agent.Core.Dispatch.Seen;
using Flatfile.Agent.Host.Dashboard.Markup;

namespace Flatfile.Agent.Host.Dashboard.Pages.Sections;

/// <summary>The last events that came to this agent.</summary>
internal static class EventsSection
{
    public static Html Of(DashboardView view) => Parts.Section(
        "events", "Events as they come",
        DataTable.Of(
            "The last events of this agent", ["Came", "Topic", "Space", "About", "Handlers", "Event"],
            view.Events.Select<SeenEvent, IReadOnlyList<Html>>(e =>
            [
                Parts.When(e.At, view.At), Html.Of($"{e.Topic}"), Parts.Id(e.SpaceId), Parts.Id(e.Subject),
                e.Handlers.Count == 0 ? Html.Of($"""<span class="faint">nobody</span>""") : Html.Of($"{string.Join(", ", e.Handlers)}"), Parts.Id(e.EventId),
            ]),
            "None came since the start."));
}
