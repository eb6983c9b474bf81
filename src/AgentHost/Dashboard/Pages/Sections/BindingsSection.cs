using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Host.Dashboard.Markup;

namespace Flatfile.Agent.Host.Dashboard.Pages.Sections;

/// <summary>Which handler gets which events.</summary>
internal static class BindingsSection
{
    public static Html Of(DashboardView view) => Parts.Section(
        "bindings", "Bindings",
        Html.Of($"""
            {Html.Each(view.Catalog.Hints, hint => Html.Of($"""<p class="hint">{hint}</p>"""))}
            {DataTable.Of(
                "Bindings", ["Handler", "Kind", "Topics", "Filter", "Plugin"],
                view.Catalog.Bindings.Select<HandlerBinding, IReadOnlyList<Html>>(b =>
                [
                    Html.Of($"{b.HandlerId}"), Html.Of($"{(b.Kind == HandlerKind.Job ? "job" : "event")}{(b.IsFallback ? ", steps aside" : "")}"), Codes(b.Topics), Codes(b.Filters),
                    Html.Of($"{b.Plugin} {b.PluginVersion}"),
                ]),
                "No handler is bound: events are settled and counted, nothing else.")}
            """),
        view.Catalog.Bindings.Count);

    private static Html Codes(IEnumerable<string> texts) => Html.Each(texts, text => Html.Of($"<code>{(text.Length == 0 ? "**" : text)}</code> "));
}
