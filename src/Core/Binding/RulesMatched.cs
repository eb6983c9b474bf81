namespace Flatfile.Agent.Core.Binding;

/// <summary>What the rules said to one event so far. Not for use by two threads at once.</summary>
internal sealed class RulesMatched(FlattenedEvent @event)
{
    private readonly SortedDictionary<int, bool> _matched = [];
    private SortedDictionary<int, Exception>? _faults;

    /// <summary>Holds a rule of the binding at this position against the event. A filter that throws is that binding's fault and nobody else's.</summary>
    /// <remarks>A binding is a fallback for this event only when every rule that matches says so.</remarks>
    public void Ask(int position, BindingRule rule)
    {
        var isFallback = _matched.TryGetValue(position, out var before) ? before : (bool?)null;
        if (isFallback is false)
        {
            return;
        }

        try
        {
            if (rule.Matches(@event))
            {
                _matched[position] = rule.Fallback;
            }
        }
        catch (Exception fault)
        {
            (_faults ??= []).TryAdd(position, fault);
        }
    }

    public BindingMatch Of(IReadOnlyList<HandlerBinding> bindings)
    {
        if (_matched.Count == 0 && _faults is null)
        {
            return BindingMatch.Nobody;
        }

        var isTaken = _matched.Any(m => !m.Value && bindings[m.Key].Kind == HandlerKind.Job);
        var result = new List<HandlerBinding>(_matched.Count);
        foreach (var (position, isFallback) in _matched)
        {
            if (!(isFallback && isTaken && bindings[position].Kind == HandlerKind.Job))
            {
                result.Add(bindings[position]);
            }
        }

        return new BindingMatch(
            result, _faults is null ? [] : [.. _faults.Where(f => !_matched.ContainsKey(f.Key)).Select(f => new FilterFault(bindings[f.Key], f.Value))]);
    }
}
