using System.Globalization;
using Flatfile.Agent.Core.Dispatch.Rules;
using Flatfile.Agent.Core.Plugins;

namespace Flatfile.Agent.Core.Binding;

/// <summary>Lays a tree of listeners out as bindings: own entries in order, then each child depth-first.</summary>
internal static class ListenerBindings
{
    /// <summary>The bindings of a listener; an entry without a name is known by its place in the tree.</summary>
    /// <exception cref="FormatException">A glob is too long, or a rule cannot be; the message names the entry.</exception>
    public static IReadOnlyList<HandlerBinding> Of(FlatfileListener listener, string plugin, string owner, LivePlugin? live = null)
    {
        var bindings = new List<HandlerBinding>();
        Add(listener, new Owner(plugin, owner, live), [], string.Empty, bindings);
        return bindings;
    }

    private static void Add(
        FlatfileListener listener, Owner owner, IReadOnlyList<EventFilterMatcher> outer, string place, List<HandlerBinding> bindings)
    {
        IReadOnlyList<EventFilterMatcher> guards = listener.OwnFilter is null ? outer : [.. outer, EventFilterMatcher.Compile(listener.OwnFilter)];
        for (var i = 0; i < listener.Entries.Count; i++)
        {
            var entry = listener.Entries[i];
            var position = "#" + place + i.ToString(CultureInfo.InvariantCulture);
            bindings.Add(HandlerBinding.ForEvents(
                entry.Id ?? $"{owner.Plugin}/{owner.Name}{position}",
                owner.Plugin,
                $"callback {position} of {owner.Name}",
                [Rule(entry, guards, position)],
                _ => new CallbackHandler(entry.Callback),
                owner.Live).With(Dispatch(entry, position)));
        }

        for (var i = 0; i < listener.Children.Count; i++)
        {
            Add(listener.Children[i], owner, guards, place + i.ToString(CultureInfo.InvariantCulture) + ".", bindings);
        }
    }

    private static DispatchRule Dispatch(ListenerEntry entry, string position)
    {
        try
        {
            return entry.Rules is null ? DispatchRule.Default : DispatchRule.Read(entry.Rules);
        }
        catch (FormatException fault)
        {
            throw new FormatException($"callback {position}: {fault.Message}", fault);
        }
    }

    private static BindingRule Rule(ListenerEntry entry, IReadOnlyList<EventFilterMatcher> guards, string position)
    {
        try
        {
            return new BindingRule(
                [.. entry.Topics.Select(TopicGlob.Parse)],
                entry.Filter is null ? guards : [.. guards, EventFilterMatcher.Compile(entry.Filter)]);
        }
        catch (FormatException fault)
        {
            throw new FormatException($"callback {position}: {fault.Message}", fault);
        }
    }

    /// <summary>Whose listener it is.</summary>
    private sealed record Owner(string Plugin, string Name, LivePlugin? Live);
}
