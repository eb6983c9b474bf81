using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Binding;

/// <summary>A handler with the rules by which events reach it, and the way to make one for an event.</summary>
public sealed class HandlerBinding
{
    private readonly Func<IServiceProvider, object> _create;

    // An event may still hold a binding whose catalogue has been replaced: the code it is made of must not be unloaded meanwhile.
    private readonly object? _origin;

    private HandlerBinding(
        string handlerId, string plugin, HandlerKind kind, string source, IReadOnlyList<BindingRule> rules, Func<IServiceProvider, object> create,
        object? origin)
    {
        HandlerId = handlerId;
        Plugin = plugin;
        Kind = kind;
        Source = source;
        Rules = rules;
        _create = create;
        _origin = origin;
    }

    /// <summary>Unique in the catalogue; what the inbox and tickets remember.</summary>
    public string HandlerId { get; }

    /// <summary>The plugin it comes from.</summary>
    public string Plugin { get; }

    /// <summary>Inline or as a job.</summary>
    public HandlerKind Kind { get; }

    /// <summary>For people: the class, or the entry of a listener.</summary>
    public string Source { get; }

    /// <summary>The topic globs of all rules, as written.</summary>
    public IEnumerable<string> Topics => Rules.SelectMany(r => r.Topics).Select(t => t.Written).Distinct(StringComparer.Ordinal);

    /// <summary>True when it steps aside for every other job handler.</summary>
    public bool IsFallback => Rules.Count > 0 && Rules.All(r => r.Fallback);

    internal IReadOnlyList<BindingRule> Rules { get; }

    /// <summary>Makes the event handler for one event; what it holds is disposed with the scope.</summary>
    public IEventHandler CreateEventHandler(IServiceProvider scope) => (IEventHandler)Create(scope);

    /// <summary>Makes the job handler for one run; what it holds is disposed with the scope.</summary>
    public IJobHandler CreateJobHandler(IServiceProvider scope) => (IJobHandler)Create(scope);

    /// <inheritdoc />
    public override string ToString() => HandlerId;

    internal static HandlerBinding ForEvents(
        string handlerId, string plugin, string source, IReadOnlyList<BindingRule> rules, Func<IServiceProvider, IEventHandler> create,
        object? origin = null) =>
        new(handlerId, plugin, HandlerKind.Event, source, rules, create, origin);

    internal static HandlerBinding ForJobs(
        string handlerId, string plugin, string source, IReadOnlyList<BindingRule> rules, Func<IServiceProvider, IJobHandler> create,
        object? origin = null) =>
        new(handlerId, plugin, HandlerKind.Job, source, rules, create, origin);

    private object Create(IServiceProvider scope)
    {
        var handler = _create(scope);
        GC.KeepAlive(_origin);
        scope.GetService<CreatedHandlers>()?.Add(handler);
        return handler;
    }
}
