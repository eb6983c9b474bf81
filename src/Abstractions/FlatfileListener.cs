using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Flatfile.Agent;

/// <summary>Binds callbacks to topics in code, with the meaning of the official listener.</summary>
/// <remarks>
/// A listener's own filter is checked first; if it fails, neither its callbacks nor its children see the event. Own callbacks come in
/// the order of registration, then each child depth-first.
/// </remarks>
public sealed class FlatfileListener
{
    private readonly List<ListenerEntry> _entries = [];
    private readonly List<FlatfileListener> _children = [];

    /// <summary>A listener with its own filter, or with none.</summary>
    /// <param name="filter">In JSON form; null matches everything.</param>
    public FlatfileListener(JsonNode? filter = null) => OwnFilter = filter;

    /// <summary>The filter that guards this listener and its children.</summary>
    public JsonNode? OwnFilter { get; }

    /// <summary>The callbacks bound here, in order.</summary>
    public IReadOnlyList<ListenerEntry> Entries => _entries;

    /// <summary>The nested listeners, in order.</summary>
    public IReadOnlyList<FlatfileListener> Children => _children;

    /// <summary>Binds a callback to one topic glob. An empty text stands for <c>**</c>.</summary>
    public FlatfileListener On(string topic, Func<EventContext, CancellationToken, Task> callback) => On([topic], null, callback);

    /// <summary>Binds a callback to one topic glob and a filter, such as <c>new { sheetSlug = "contacts" }</c>.</summary>
    public FlatfileListener On(string topic, object? filter, Func<EventContext, CancellationToken, Task> callback) => On([topic], filter, callback);

    /// <summary>Binds a callback to several topic globs, any of which may match; an empty list matches nothing.</summary>
    /// <param name="topics">Topic globs.</param>
    /// <param name="filter">Null, a <see cref="JsonNode"/>, or an object whose JSON form is the filter.</param>
    /// <param name="callback">What to run.</param>
    /// <param name="id">What the inbox remembers; by default the position in this listener.</param>
    public FlatfileListener On(IReadOnlyList<string> topics, object? filter, Func<EventContext, CancellationToken, Task> callback, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(callback);
        _entries.Add(new ListenerEntry([.. topics], ToJson(filter), callback, id));
        return this;
    }

    /// <summary>Binds a callback with its lane, limits and attempts.</summary>
    /// <param name="topics">Topic globs, any of which may match; an empty list matches nothing.</param>
    /// <param name="filter">Null, a <see cref="JsonNode"/>, or an object whose JSON form is the filter.</param>
    /// <param name="rules">How it is run.</param>
    /// <param name="callback">What to run.</param>
    /// <param name="id">What the inbox remembers; by default the position in this listener.</param>
    public FlatfileListener On(
        IReadOnlyList<string> topics, object? filter, HandlerRules rules, Func<EventContext, CancellationToken, Task> callback, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        On(topics, filter, callback, id);
        _entries[^1] = _entries[^1] with { Rules = rules };
        return this;
    }

    /// <summary>The same as <see cref="On(string, Func{EventContext, CancellationToken, Task})"/>, by the name Flatfile's guide uses.</summary>
    public FlatfileListener AddEventListener(string topic, Func<EventContext, CancellationToken, Task> callback) => On(topic, callback);

    /// <summary>Removes the entries with this callback, these topics and, when one is given, this filter.</summary>
    public FlatfileListener Off(IReadOnlyList<string> topics, Func<EventContext, CancellationToken, Task> callback, object? filter = null)
    {
        var wanted = ToJson(filter);
        _entries.RemoveAll(e => e.Callback == callback && e.Topics.SequenceEqual(topics)
            && (wanted is null || JsonNode.DeepEquals(e.Filter, wanted)));
        return this;
    }

    /// <summary>Adds a child guarded by a filter and returns the child.</summary>
    public FlatfileListener Filter(object? filter, Action<FlatfileListener>? configure = null)
    {
        var child = new FlatfileListener(ToJson(filter));
        _children.Add(child);
        configure?.Invoke(child);
        return child;
    }

    /// <summary>A child that sees only events of a namespace such as <c>space:red</c>; globs are allowed.</summary>
    public FlatfileListener Namespace(string @namespace, Action<FlatfileListener>? configure = null) =>
        Filter(new JsonObject { ["namespaces"] = @namespace }, configure);

    /// <summary>Attaches a listener as a child.</summary>
    public FlatfileListener AddNode(FlatfileListener child)
    {
        _children.Add(child);
        return this;
    }

    /// <summary>Lets a reusable piece bind what it needs.</summary>
    public FlatfileListener Use(Action<FlatfileListener> piece)
    {
        piece(this);
        return this;
    }

    /// <summary>Forgets all callbacks and children.</summary>
    public void Detach()
    {
        _entries.Clear();
        _children.Clear();
    }

    private static JsonNode? ToJson(object? filter) => filter switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        // Common options remember a type for ever, so that a plugin could not be unloaded.
        _ when filter.GetType().IsCollectible => JsonSerializer.SerializeToNode(filter, new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }),
        _ => JsonSerializer.SerializeToNode(filter),
    };
}
