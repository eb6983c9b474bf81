namespace Flatfile.Agent.Core.Binding;

/// <summary>One way in which events reach a handler: topic globs, any of which may match, and filters, all of which must.</summary>
/// <param name="Topics">Topic globs; none match nothing.</param>
/// <param name="Filters">The filters of the enclosing listeners from the outermost inwards, then the rule's own.</param>
/// <param name="Fallback">True to step aside when another job handler matches.</param>
internal sealed record BindingRule(IReadOnlyList<TopicGlob> Topics, IReadOnlyList<EventFilterMatcher> Filters, bool Fallback = false)
{
    /// <summary>Whether the event reaches the handler by this rule.</summary>
    public bool Matches(FlattenedEvent @event) => MatchesTopic(@event.Event.Topic) && MatchesFilters(@event);

    private bool MatchesTopic(string topic)
    {
        foreach (var glob in Topics)
        {
            if (glob.Matches(topic))
            {
                return true;
            }
        }

        return false;
    }

    private bool MatchesFilters(FlattenedEvent @event)
    {
        foreach (var filter in Filters)
        {
            if (!filter.Matches(@event))
            {
                return false;
            }
        }

        return true;
    }
}
