using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Dispatch.Rules;

/// <summary>How a handler is run: its lane, its limits, its attempts.</summary>
/// <param name="Lane">Events of one key run in order.</param>
/// <param name="Limits">Those per key first, as whoever waits for one must not hold a place others could use.</param>
/// <param name="AttemptTimeout">Null for what holds for all.</param>
/// <param name="MaxAttempts">Null for what holds for all.</param>
internal sealed record DispatchRule(EventKey Lane, IReadOnlyList<LimitRule> Limits, TimeSpan? AttemptTimeout, int? MaxAttempts)
{
    /// <summary>The longest time in which nothing is seen of a run; null for what holds for all.</summary>
    public TimeSpan? MaxSilence { get; init; }

    /// <summary>The lane of the space, without limits.</summary>
    public static DispatchRule Default { get; } = new(EventKey.Space, [], null, null);

    /// <summary>Reads rules as written.</summary>
    /// <exception cref="FormatException">Something cannot be; the message says what and what to write.</exception>
    public static DispatchRule Read(HandlerRules rules)
    {
        if (rules.AttemptTimeout is { } timeout && timeout <= TimeSpan.Zero)
        {
            throw new FormatException($"The attempt timeout is {timeout}. Make it more than zero, such as 00:00:30.");
        }

        if (rules.MaxSilence is { } silence && silence <= TimeSpan.Zero)
        {
            throw new FormatException($"The longest silence is {silence}. Make it more than zero, such as 00:10:00.");
        }

        if (rules.MaxAttempts < 1)
        {
            throw new FormatException($"The number of attempts is {rules.MaxAttempts}. Make it 1 or more.");
        }

        List<LimitRule> limits = [.. rules.LimitPer.Select(l => Limit(l.Value, EventKey.Parse(l.Key)))];
        if (rules.Limit is { } all)
        {
            limits.Add(Limit(all, null));
        }

        return new DispatchRule(rules.Lane is null ? EventKey.Space : EventKey.Parse(rules.Lane), limits, rules.AttemptTimeout, rules.MaxAttempts)
        {
            MaxSilence = rules.MaxSilence,
        };
    }

    /// <summary>The same with what the other one says in place of what this one says.</summary>
    public DispatchRule With(HandlerRules other)
    {
        var said = Read(other);
        var replaced = said.Limits.Select(l => l.Per?.Written).ToHashSet();
        return new DispatchRule(
            other.Lane is null ? Lane : said.Lane,
            [.. Limits.Where(l => !replaced.Contains(l.Per?.Written)).Concat(said.Limits).OrderBy(l => l.Per is null)],
            said.AttemptTimeout ?? AttemptTimeout,
            said.MaxAttempts ?? MaxAttempts)
        {
            MaxSilence = said.MaxSilence ?? MaxSilence,
        };
    }

    /// <summary>The lane of an event for a handler. The lane of a space is shared by all handlers in it; any other is the handler's own.</summary>
    public string LaneOf(HandlerBinding binding, FlatfileEvent @event) =>
        Lane.IsSpace ? @event.OrderingKey : $"{binding.HandlerId}\n{Lane.Of(@event)}";

    private static LimitRule Limit(int atOnce, EventKey? per)
    {
        var what = per is null ? "The limit" : $"The limit per {per}";
        if (atOnce < 1)
        {
            throw new FormatException($"{what} is {atOnce}. Make it 1 or more.");
        }

        return per is { IsNone: true }
            ? throw new FormatException($"{what} limits nothing: every event has a key of its own. Leave the key out to limit the handler altogether.")
            : new LimitRule(atOnce, per);
    }
}
