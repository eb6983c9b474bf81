using Flatfile.Agent.Core.Plugins;

namespace Flatfile.Agent.Core.Binding;

/// <summary>The catalogue in force. A reader takes <see cref="Current"/> once and stays with it.</summary>
public sealed class HandlerCatalogSource
{
    private volatile HandlerCatalog _current = HandlerCatalog.Empty;

    /// <summary>The catalogue in force; empty until the plugins are loaded.</summary>
    public HandlerCatalog Current => _current;

    /// <summary>Puts a new catalogue in force for all events that come from now on.</summary>
    public void Replace(HandlerCatalog catalog) => _current = catalog;

    /// <summary>Chooses from the catalogue in force, and keeps the plugins of what was chosen in memory until the hold is disposed.</summary>
    internal (IReadOnlyList<HandlerBinding> Chosen, PluginHold Hold) Hold(Func<HandlerCatalog, IReadOnlyList<HandlerBinding>> choose)
    {
        while (true)
        {
            var chosen = choose(_current);
            if (PluginHold.TryTake(chosen.Select(b => b.Live)) is { } hold)
            {
                return (chosen, hold);
            }
        }
    }

    /// <summary>The handler of an id, kept in memory until the hold is disposed; null when there is none.</summary>
    internal (HandlerBinding? Found, PluginHold Hold) Hold(string handlerId)
    {
        var (found, hold) = Hold(catalog => catalog.Find(handlerId) is { } binding ? [binding] : []);
        return (found.Count == 0 ? null : found[0], hold);
    }

    /// <summary>The contributions in force, with all their plugins kept in memory until the hold is disposed.</summary>
    internal (PluginContributions Contributions, PluginHold Hold) HoldContributions()
    {
        while (true)
        {
            var contributions = _current.Contributions;
            if (PluginHold.TryTake(contributions.Live) is { } hold)
            {
                return (contributions, hold);
            }
        }
    }
}
