using System.Collections.Frozen;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Plugins;

namespace Flatfile.Agent.Core.Binding;

/// <summary>All handlers of one scan of the plugins, in order. Immutable: an event sees one catalogue from first step to last.</summary>
public sealed class HandlerCatalog
{
    private readonly BindingIndex _index;
    private readonly FrozenDictionary<string, HandlerBinding> _byId;
    private readonly IReadOnlyList<AbsentPlugin> _absent;
    private readonly BindingIndex _absentIndex;

    internal HandlerCatalog(IReadOnlyList<HandlerBinding> bindings, IReadOnlyList<PluginStatus>? plugins = null, PluginContributions? contributions = null, IReadOnlyList<string>? hints = null,
        IReadOnlyList<AbsentPlugin>? absent = null)
    {
        Bindings = bindings;
        Plugins = plugins ?? [];
        Contributions = contributions ?? PluginContributions.None;
        Hints = [.. hints ?? [], .. BindingHints.For(bindings)];
        _index = new BindingIndex(bindings);
        _byId = bindings.ToFrozenDictionary(b => b.HandlerId, StringComparer.Ordinal);
        _absent = absent ?? [];
        _absentIndex = new BindingIndex([.. _absent.Where(a => a.IsRefused).SelectMany(a => a.Bindings).Where(b => !_byId.ContainsKey(b.HandlerId))]);
    }

    /// <summary>A catalogue without handlers.</summary>
    public static HandlerCatalog Empty { get; } = new([]);

    /// <summary>In plugin order, then in the order of the plugin.</summary>
    public IReadOnlyList<HandlerBinding> Bindings { get; }

    /// <summary>Every plugin found, the refused ones with their reason.</summary>
    public IReadOnlyList<PluginStatus> Plugins { get; }

    /// <summary>Sentences on bindings that will not do what their author seems to hope for.</summary>
    public IReadOnlyList<string> Hints { get; }

    internal PluginContributions Contributions { get; }

    /// <summary>The recurring work of all plugins, in plugin order.</summary>
    internal IReadOnlyList<RecurringBinding> Recurring { get; init; } = [];

    /// <summary>The handlers the event is for, in order, each once. A fallback is left out where another job handler matches; a filter that throws does not match.</summary>
    public IReadOnlyList<HandlerBinding> Match(FlatfileEvent @event) => Ask(@event).Bindings;

    /// <summary>The handler with this id, or null when no loaded plugin has it (any more).</summary>
    public HandlerBinding? Find(string handlerId) => _byId.GetValueOrDefault(handlerId);

    /// <summary>The version of the plugin a handler comes from; null when it has none or no loaded plugin has the handler.</summary>
    public string? VersionOf(string handlerId) =>
        Find(handlerId) is { } binding ? Plugins.FirstOrDefault(p => p.State == PluginState.Loaded && p.Name == binding.Plugin)?.Version : null;

    /// <summary>The same, with the handlers of which nobody knows because their filter throws.</summary>
    internal BindingMatch Ask(FlatfileEvent @event) => _index.Match(new FlattenedEvent(@event));

    /// <summary>The handlers the event would be for, or might be for, of plugins that are refused. They cannot be made.</summary>
    internal IReadOnlyList<HandlerBinding> MatchAbsent(FlatfileEvent @event) =>
        _absent.Count > 0 && _absentIndex.Match(new FlattenedEvent(@event)) is var match ? [.. match.Bindings, .. match.Faulty.Select(f => f.Binding)] : [];

    /// <summary>The plugin that had this handler and does not run, or null.</summary>
    internal AbsentPlugin? FindAbsent(string handlerId) => _absent.FirstOrDefault(a => a.Bindings.Any(b => b.HandlerId == handlerId));

    /// <summary>Why each handler does or does not get the event.</summary>
    public EventExplanation Explain(FlatfileEvent @event) => BindingExplainer.Explain(this, @event);
}
