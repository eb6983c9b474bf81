using System.Collections.Frozen;
using Flatfile.Agent.Core.Plugins;

namespace Flatfile.Agent.Core.Binding;

/// <summary>All handlers of one scan of the plugins, in order. Immutable: an event sees one catalogue from first step to last.</summary>
public sealed class HandlerCatalog
{
    private readonly BindingIndex _index;
    private readonly FrozenDictionary<string, HandlerBinding> _byId;

    internal HandlerCatalog(IReadOnlyList<HandlerBinding> bindings, IReadOnlyList<PluginStatus>? plugins = null, PluginContributions? contributions = null, IReadOnlyList<string>? hints = null)
    {
        Bindings = bindings;
        Plugins = plugins ?? [];
        Contributions = contributions ?? PluginContributions.None;
        Hints = [.. hints ?? [], .. BindingHints.For(bindings)];
        _index = new BindingIndex(bindings);
        _byId = bindings.ToFrozenDictionary(b => b.HandlerId, StringComparer.Ordinal);
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

    /// <summary>The handlers the event is for, in order, each once. A fallback is left out where another job handler matches.</summary>
    public IReadOnlyList<HandlerBinding> Match(FlatfileEvent @event) => _index.Match(new FlattenedEvent(@event));

    /// <summary>The handler with this id, or null when no loaded plugin has it (any more).</summary>
    public HandlerBinding? Find(string handlerId) => _byId.GetValueOrDefault(handlerId);

    /// <summary>Why each handler does or does not get the event.</summary>
    public EventExplanation Explain(FlatfileEvent @event) => BindingExplainer.Explain(this, @event);
}
