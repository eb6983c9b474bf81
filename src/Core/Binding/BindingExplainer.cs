using System.Text.Json;
using Flatfile.Agent.Core.Plugins;

namespace Flatfile.Agent.Core.Binding;

/// <summary>Writes down, for one event, what every binding looked for and what it found.</summary>
internal static class BindingExplainer
{
    private const int ShownPaths = 4;
    private const int ShownCharacters = 80;

    public static EventExplanation Explain(HandlerCatalog catalog, FlatfileEvent @event)
    {
        var flattened = new FlattenedEvent(@event);
        var matched = catalog.Match(@event);
        var taker = matched.FirstOrDefault(b => b.Kind == HandlerKind.Job);
        return new EventExplanation(
            @event.Topic,
            @event.Id,
            [.. catalog.Bindings.Select(b => Explain(b, flattened, matched.Contains(b), taker))],
            [.. catalog.Plugins.Where(p => p.State == PluginState.Refused).Select(p => $"{p.Name}: {p.Reason}")]);
    }

    private static HandlerExplanation Explain(HandlerBinding binding, FlattenedEvent @event, bool isMatched, HandlerBinding? taker)
    {
        var lines = new List<string>();
        foreach (var rule in binding.Rules)
        {
            Explain(rule, @event, lines);
        }

        if (!isMatched && taker is not null && binding.Rules.Any(r => Matches(r, @event)))
        {
            lines.Add($"MISS fallback: stepped aside for {taker.HandlerId} of {taker.Plugin}");
        }

        return new HandlerExplanation(binding.Plugin, binding.HandlerId, binding.Kind, isMatched, lines);
    }

    private static void Explain(BindingRule rule, FlattenedEvent @event, List<string> lines)
    {
        var topic = @event.Event.Topic;
        if (rule.Topics.Count == 0)
        {
            lines.Add("MISS topic: the list of topics is empty, which matches nothing");
        }

        foreach (var glob in rule.Topics)
        {
            lines.Add(glob.Matches(topic) ? $"HIT  topic {glob}" : $"MISS topic {glob}{WhyNot(glob, topic)}");
        }

        foreach (var key in rule.Filters.SelectMany(f => f.Keys))
        {
            lines.Add(ExplainOrSayWhyNot(key, @event));
        }
    }

    private static bool Matches(BindingRule rule, FlattenedEvent @event)
    {
        try
        {
            return rule.Matches(@event);
        }
        catch (Exception)
        {
            // Its line says so.
            return false;
        }
    }

    private static string ExplainOrSayWhyNot(FilterKey key, FlattenedEvent @event)
    {
        try
        {
            return Explain(key, @event);
        }
        catch (Exception fault)
        {
            return $"FAIL filter {key.Written}: it throws on this event ({fault.Message}); the event goes to the dead letters of this handler";
        }
    }

    private static string WhyNot(TopicGlob glob, string topic)
    {
        var deeper = glob.Pattern.EndsWith(":*", StringComparison.Ordinal) ? glob.Pattern + "*" : null;
        return deeper is not null && TopicGlob.Parse(deeper).Matches(topic)
            ? $": '*' is one segment only, the event's topic {topic} has more; {deeper} would match"
            : $": the event's topic is {topic}";
    }

    private static string Explain(FilterKey key, FlattenedEvent @event)
    {
        var wanted = key.Values.Count switch
        {
            0 => "nothing (the list is empty)",
            1 => key.Values[0].ToString(),
            _ => "any of " + string.Join(", ", key.Values),
        };
        var found = key.Select(@event).OrderBy(p => p.Key.StartsWith("src.", StringComparison.Ordinal)).ToList();
        var isHit = key.Matches(@event);
        if (found.Count == 0)
        {
            var how = key.Name is null ? "as an anchored path (keys with '.' or '*' start at the top)" : "at any depth";
            return $"MISS filter {key.Written} = {wanted}: the event has no such key, looked for {how}";
        }

        // The same value stands once in the event's own members and once under src; the first is enough to read.
        var shown = found.Any(p => !IsCopy(p.Key)) ? found.Where(p => !IsCopy(p.Key)).ToList() : found;
        var values = string.Join(", ", shown.Take(ShownPaths).Select(p => $"{p.Key} = {Shorten(p.Value)}"));
        var more = shown.Count > ShownPaths ? $" and {shown.Count - ShownPaths} more" : string.Empty;
        return $"{(isHit ? "HIT " : "MISS")} filter {key.Written} = {wanted}: the event has {values}{more}{(isHit ? string.Empty : WhyNot(key, shown))}";
    }

    private static bool IsCopy(string path) => path.StartsWith("src.", StringComparison.Ordinal);

    private static string WhyNot(FilterKey key, List<KeyValuePair<string, JsonElement>> found)
    {
        if (found.Any(p => p.Value.ValueKind == JsonValueKind.String && key.Values.Any(v => v.ToString() == JsonText.Of(p.Value))))
        {
            return "; a number or truth value in a filter does not match a text";
        }

        var stopsAtSegment = key.Values.Any(v => v.Text is { } text && text.Contains('*') && !text.Contains("**", StringComparison.Ordinal))
            && found.Any(p => p.Value.ValueKind == JsonValueKind.String && JsonText.Of(p.Value).Contains(':'));
        return stopsAtSegment ? "; '*' does not reach across ':', '**' does" : string.Empty;
    }

    private static string Shorten(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…";
    }
}
