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

    /// <summary>The bindings whose rules match, and those whose filters throw.</summary>
    public BindingMatch Match(FlattenedEvent @event)
    {
        var matched = new RulesMatched(@event);
        _anyTopic.Match(@event, matched);
        if (_byTopic.TryGetValue(TopicGlob.Tidy(@event.Event.Topic), out var shelf))
        {
            shelf.Match(@event, matched);
        }

        return matched.Of(_bindings);
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

        public void Match(FlattenedEvent @event, RulesMatched matched)
        {
            Ask(_always, matched);
            foreach (var (name, texts) in _byText)
            {
                if (!TryAskTexts(name, texts, @event, matched))
                {
                    foreach (var places in texts.Values)
                    {
                        Ask(places, matched);
                    }
                }
            }
        }

        /// <summary>False for an event in which names or texts cannot be looked up; then every rule is asked, and each says for itself what it makes of it.</summary>
        private static bool TryAskTexts(string name, Dictionary<string, List<Place>> texts, FlattenedEvent @event, RulesMatched matched)
        {
            try
            {
                if (@event.IsOdd)
                {
                    return false;
                }

                AskTexts(@event.Named(name), texts, matched);
                return true;
            }
            catch (InvalidOperationException)
            {
                // Half a character somewhere: no text can be made of it.
                return false;
            }
        }

        private static void AskTexts(IEnumerable<JsonElement> values, Dictionary<string, List<Place>> texts, RulesMatched matched)
        {
            foreach (var value in values)
            {
                if (value.ValueKind == JsonValueKind.Array)
                {
                    AskTexts(value.EnumerateArray(), texts, matched);
                }
                else if (texts.TryGetValue(FilterValue.Tidy(JsonText.Of(value)), out var places))
                {
                    Ask(places, matched);
                }
            }
        }

        private static void Ask(List<Place> places, RulesMatched matched)
        {
            foreach (var (position, rule) in places)
            {
                matched.Ask(position, rule);
            }
        }
    }
}
