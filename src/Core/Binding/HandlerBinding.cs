using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace Flatfile.Agent.Core.Binding;

/// <summary>A handler with the rules by which events reach it, and the way to make one for an event.</summary>
public sealed class HandlerBinding
{
    private readonly Func<IServiceProvider, object> _create;

    private HandlerBinding(
        string handlerId, string plugin, HandlerKind kind, string source, IReadOnlyList<BindingRule> rules, Func<IServiceProvider, object> create,
        LivePlugin? live)
    {
        HandlerId = handlerId;
        Plugin = plugin;
        Kind = kind;
        Source = source;
        Rules = rules;
        _create = create;
        Live = live;
    }

    /// <summary>Unique in the catalogue; what the inbox and tickets remember.</summary>
    public string HandlerId { get; }

    /// <summary>The plugin it comes from.</summary>
    public string Plugin { get; }

    /// <summary>The version of that plugin; null when it has none.</summary>
    public string? PluginVersion { get; private set; }

    /// <summary>Inline or as a job.</summary>
    public HandlerKind Kind { get; }

    /// <summary>For people: the class, or the entry of a listener.</summary>
    public string Source { get; }

    /// <summary>The topic globs of all rules, as written.</summary>
    public IEnumerable<string> Topics => Rules.SelectMany(r => r.Topics).Select(t => t.Written).Distinct(StringComparer.Ordinal);

    /// <summary>The filters of all rules as JSON; none where every event of the topics is meant.</summary>
    public IEnumerable<string> Filters => Rules.SelectMany(r => r.Filters).Where(f => f.Keys.Count > 0).Select(f => f.Written).Distinct(StringComparer.Ordinal);

    /// <summary>True when it steps aside for every other job handler.</summary>
    public bool IsFallback => Rules.Count > 0 && Rules.All(r => r.Fallback);

    internal IReadOnlyList<BindingRule> Rules { get; }

    /// <summary>The load of the plugin it is made of; null when its code is never unloaded and has no services of its own.</summary>
    internal LivePlugin? Live { get; }

    /// <summary>How it is run, as the handler says of itself.</summary>
    internal DispatchRule Dispatch { get; private set; } = DispatchRule.Default;

    /// <summary>Makes the event handler for one event; what it holds is disposed with the scope.</summary>
    public IEventHandler CreateEventHandler(IServiceProvider scope) => (IEventHandler)Create(scope);

    /// <summary>Makes the job handler for one run; what it holds is disposed with the scope.</summary>
    public IJobHandler CreateJobHandler(IServiceProvider scope) => (IJobHandler)Create(scope);

    /// <inheritdoc />
    public override string ToString() => HandlerId;

    internal static HandlerBinding ForEvents(
        string handlerId, string plugin, string source, IReadOnlyList<BindingRule> rules, Func<IServiceProvider, IEventHandler> create,
        LivePlugin? live = null) =>
        new(handlerId, plugin, HandlerKind.Event, source, rules, create, live);

    internal static HandlerBinding ForJobs(
        string handlerId, string plugin, string source, IReadOnlyList<BindingRule> rules, Func<IServiceProvider, IJobHandler> create,
        LivePlugin? live = null) =>
        new(handlerId, plugin, HandlerKind.Job, source, rules, create, live);

    /// <summary>The same binding, run as the rule says.</summary>
    internal HandlerBinding With(DispatchRule dispatch)
    {
        var copy = (HandlerBinding)MemberwiseClone();
        copy.Dispatch = dispatch;
        return copy;
    }

    /// <summary>The same binding of a plugin of this version.</summary>
    internal HandlerBinding OfVersion(string? version)
    {
        var copy = (HandlerBinding)MemberwiseClone();
        copy.PluginVersion = version;
        return copy;
    }

    private object Create(IServiceProvider scope)
    {
        var handler = _create(Live is null ? scope : scope.GetRequiredService<PluginScopes>().For(Live));
        scope.GetService<CreatedHandlers>()?.Add(handler);
        return handler;
    }
}
