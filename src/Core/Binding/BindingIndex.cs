using System.Text.Json;

namespace Flatfile.Agent.Core.Binding;

/// <summary>Finds the bindings an event may be for without asking every one, so that matching costs by matches.</summary>
/// <remarks>
/// A rule with a plain topic stands under that topic; a rule whose filter demands plain texts under a plain name, such as a job's
/// name, stands there under each of these texts. Whatever the index yields is then matched in full.
/// </remarks>
internal sealed class BindingIndex
{
    private readonly IReadOnlyList<HandlerBinding> _bindings;
    private readonly Dictionary<string, Shelf> _byTopic = new(StringComparer.Ordinal);
    private readonly Shelf _anyTopic = new();

    public BindingIndex(IReadOnlyList<HandlerBinding> bindings)
    {
        _bindings = bindings;
        for (var i = 0; i < bindings.Count; i++)
        {
            foreach (var rule in bindings[i].Rules)
            {
                foreach (var topic in rule.Topics)
                {
                    ShelfOf(topic).Add(new Place(i, rule));
                }
            }
        }
    }

    /// <summary>The bindings whose rules match, in order, each once, fallbacks having stepped aside.</summary>
    public IReadOnlyList<HandlerBinding> Match(FlattenedEvent @event)
    {
        var matched = new SortedDictionary<int, bool>();
        _anyTopic.Match(@event, matched);
        if (_byTopic.TryGetValue(TopicGlob.Tidy(@event.Event.Topic), out var shelf))
        {
            shelf.Match(@event, matched);
        }

        if (matched.Count == 0)
        {
            return [];
        }

        var isTaken = matched.Any(m => !m.Value && _bindings[m.Key].Kind == HandlerKind.Job);
        var result = new List<HandlerBinding>(matched.Count);
        foreach (var (position, isFallback) in matched)
        {
            if (!(isFallback && isTaken && _bindings[position].Kind == HandlerKind.Job))
            {
                result.Add(_bindings[position]);
            }
        }

        return result;
    }

    private Shelf ShelfOf(TopicGlob topic)
    {
        if (topic.Literal is null)
        {
            return _anyTopic;
        }

        if (!_byTopic.TryGetValue(topic.Literal, out var shelf))
        {
            _byTopic[topic.Literal] = shelf = new Shelf();
        }

        return shelf;
    }

    /// <summary>A rule and the position of its binding.</summary>
    private readonly record struct Place(int Position, BindingRule Rule);

    /// <summary>The rules of one topic, or those of all topic globs.</summary>
    private sealed class Shelf
    {
        private readonly List<Place> _always = [];
        private readonly Dictionary<string, Dictionary<string, List<Place>>> _byText = new(StringComparer.Ordinal);

        public void Add(Place place)
        {
            var key = place.Rule.Filters.SelectMany(f => f.Keys)
                .FirstOrDefault(k => k.Name is not null && k.Values.Count > 0 && k.Values.All(v => v.Literal is not null));
            if (key is null)
            {
                _always.Add(place);
                return;
            }

            if (!_byText.TryGetValue(key.Name!, out var texts))
            {
                _byText[key.Name!] = texts = new Dictionary<string, List<Place>>(StringComparer.Ordinal);
            }

            foreach (var text in key.Values.Select(v => v.Literal!).Distinct(StringComparer.Ordinal))
            {
                if (!texts.TryGetValue(text, out var places))
                {
                    texts[text] = places = [];
                }

                places.Add(place);
            }
        }

        public void Match(FlattenedEvent @event, SortedDictionary<int, bool> matched)
        {
            Match(_always, @event, matched);
            foreach (var (name, texts) in _byText)
            {
                if (@event.IsOdd)
                {
                    foreach (var places in texts.Values)
                    {
                        Match(places, @event, matched);
                    }
                }
                else
                {
                    MatchTexts(@event.Named(name), texts, @event, matched);
                }
            }
        }

        private static void MatchTexts(
            IEnumerable<JsonElement> values, Dictionary<string, List<Place>> texts, FlattenedEvent @event, SortedDictionary<int, bool> matched)
        {
            foreach (var value in values)
            {
                if (value.ValueKind == JsonValueKind.Array)
                {
                    MatchTexts(value.EnumerateArray(), texts, @event, matched);
                }
                else if (texts.TryGetValue(FilterValue.Tidy(JsonText.Of(value)), out var places))
                {
                    Match(places, @event, matched);
                }
            }
        }

        // A binding is a fallback for this event only when every rule that matches says so.
        private static void Match(List<Place> places, FlattenedEvent @event, SortedDictionary<int, bool> matched)
        {
            foreach (var (position, rule) in places)
            {
                var isFallback = matched.TryGetValue(position, out var before) ? before : (bool?)null;
                if (isFallback is not false && rule.Matches(@event))
                {
                    matched[position] = rule.Fallback && isFallback is not false;
                }
            }
        }
    }
}
