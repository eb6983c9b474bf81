using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Plugins.Swap;
using Flatfile.Agent.Host.Dashboard.Markup;

namespace Flatfile.Agent.Host.Dashboard.Pages.Sections;

/// <summary>The plugins and their state, the refused ones with their reason.</summary>
internal static class PluginsSection
{
    public static Html Of(DashboardView view) => Parts.Section(
        "plugins", "Plugins",
        DataTable.Of(
            "Plugins", ["Plugin", "State", "Version", "Handlers", "Since", "What to know"],
            view.Plugins.Select<PluginReport, IReadOnlyList<Html>>(p =>
            [
                Html.Of($"{p.Status.Name}"), State(p), Html.Of($"{p.Status.Version}"), Html.Of($"{p.Status.Handlers.Count(h => h is { Refused: null, SwitchedOff: false })}"),
                Parts.When(p.Since, view.At), Html.Each(Notes(p), note => Html.Of($"<div>{note}</div>")),
            ]),
            "No plugin is loaded."),
        view.Plugins.Count);

    private static Html State(PluginReport plugin) => plugin switch
    {
        { Status.State: not PluginState.Loaded } => Parts.Badge("refused", "bad"),
        { Draining.Count: > 0 } => Parts.Badge("swapping", "live"),
        { Status: { Notice: not null } or { Warnings.Count: > 0 } } => Parts.Badge("loaded, with notes", "warn"),
        _ => Parts.Badge("loaded", "good"),
    };

    private static IEnumerable<string> Notes(PluginReport plugin)
    {
        var status = plugin.Status;
        return new[] { status.Reason, status.Notice }.OfType<string>()
            .Concat(status.Warnings)
            .Concat(status.Handlers.Where(h => h.Refused is not null).Select(h => $"{h.Id}: {h.Refused}"))
            .Concat(status.Handlers.Where(h => h.SwitchedOff).Select(h => $"{h.Id} is switched off by the settings."))
            .Concat(plugin.Draining.Select(d => $"{d} still has work."));
    }
}
