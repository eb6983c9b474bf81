using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>A handler as it was bound when its plugin was last good, so that its events are known while the plugin is not there.</summary>
internal sealed record RememberedHandler(string Id, HandlerKind Kind, string Source, IReadOnlyList<RememberedRule> Rules)
{
    public static RememberedHandler Of(HandlerBinding binding) => new(
        binding.HandlerId, binding.Kind, binding.Source,
        [.. binding.Rules.Select(r => new RememberedRule([.. r.Topics.Select(t => t.Written)], [.. r.Filters.Select(f => f.Written)], r.Fallback))]);

    /// <summary>A binding that matches as the handler's did and cannot make it.</summary>
    public HandlerBinding ToBinding(string plugin)
    {
        List<BindingRule> rules = [.. Rules.Select(r => new BindingRule(
            [.. r.Topics.Select(TopicGlob.Parse)], [.. r.Filters.Select(EventFilterMatcher.Parse)], r.Fallback))];
        return Kind == HandlerKind.Job
            ? HandlerBinding.ForJobs(Id, plugin, Source, rules, _ => throw Absent(plugin))
            : HandlerBinding.ForEvents(Id, plugin, Source, rules, _ => throw Absent(plugin));
    }

    private static InvalidOperationException Absent(string plugin) => new($"Plugin {plugin} is not loaded.");
}
