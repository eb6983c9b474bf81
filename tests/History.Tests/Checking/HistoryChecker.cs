using History.Tests.Oracle;
using History.Tests.Plan;

namespace History.Tests.Checking;

/// <summary>Judges a history from the outside: what was published, what the oracle saw, who lived when, what was given up.</summary>
internal static class HistoryChecker
{
    /// <summary>How long a call may have been in hand when its process died.</summary>
    private static readonly TimeSpan InHand = TimeSpan.FromSeconds(5);

    /// <summary>One sentence for each violation; none when the promise was kept.</summary>
    public static IReadOnlyList<string> Violations(HistoryRecord record) =>
        [.. Lost(record), .. Unexpected(record), .. Repeated(record), .. OutOfOrder(record), .. WronglyGivenUp(record)];

    private static IEnumerable<string> Lost(HistoryRecord record)
    {
        var seen = record.Calls.Select(c => (c.Event, c.Handler)).ToHashSet();
        return from planned in record.Events
               from handler in planned.Handlers
               where !seen.Contains((planned.Id, handler))
               select $"lost: {planned.Id} never had its effect by {handler}.";
    }

    private static IEnumerable<string> Unexpected(HistoryRecord record)
    {
        var expected = record.Events.SelectMany(e => e.Handlers.Select(h => (e.Id, h))).ToHashSet();
        return record.Calls.Where(c => !expected.Contains((c.Event, c.Handler))).Select(c => $"unexpected: {c.Event} had an effect by {c.Handler}.");
    }

    /// <summary>A second call is only right when the process of the first died with it in hand.</summary>
    private static IEnumerable<string> Repeated(HistoryRecord record)
    {
        var ends = record.Lives.ToDictionary(l => l.Incarnation, l => l.EndedAt);
        foreach (var pair in record.Calls.GroupBy(c => (c.Event, c.Handler)).Where(g => g.Count() > 1))
        {
            foreach (var (first, second) in pair.Zip(pair.Skip(1)))
            {
                if (ends[first.Incarnation] is not { } end)
                {
                    yield return $"repeated: {first.Event} had its effect by {first.Handler} in {first.Incarnation}, which lives, and again in {second.Incarnation}.";
                }
                else if (second.At < end - InHand || end - first.At > InHand)
                {
                    yield return $"repeated: {first.Event} had its effect by {first.Handler} in {first.Incarnation} {(end - first.At).TotalSeconds:0.0} s before that died, "
                        + $"and again in {second.Incarnation} {(second.At - end).TotalSeconds:0.0} s after.";
                }
            }
        }
    }

    private static IEnumerable<string> OutOfOrder(HistoryRecord record)
    {
        var planned = record.Events.ToDictionary(e => e.Id);
        var last = new Dictionary<(string Space, string Handler), PlannedEvent>();
        foreach (var call in record.Calls.DistinctBy(c => (c.Event, c.Handler)))
        {
            if (!planned.TryGetValue(call.Event, out var one) || one.HasStray)
            {
                continue;
            }

            if (last.TryGetValue((one.Space, call.Handler), out var before) && before.Number > one.Number)
            {
                yield return $"out of order: {call.Handler} had {one.Id} of {one.Space} after {before.Id}.";
            }
            else
            {
                last[(one.Space, call.Handler)] = one;
            }
        }
    }

    private static IEnumerable<string> WronglyGivenUp(HistoryRecord record)
    {
        var expected = record.Events.Where(e => e.GivenUpBy is not null).Select(e => new GivenUp(e.Id, e.GivenUpBy!)).ToHashSet();
        return
        [
            .. record.DeadLetters.Where(d => !expected.Contains(d)).Select(d => $"given up: {d.Event} by {d.Handler}, although nothing is wrong with it."),
            .. expected.Except(record.DeadLetters).Select(d => $"not given up: {d.Event} by {d.Handler}."),
            .. record.DeadLetters.CountBy(d => d).Where(d => d.Value > 1).Select(d => $"given up {d.Value} times: {d.Key.Event} by {d.Key.Handler}."),
        ];
    }
}
