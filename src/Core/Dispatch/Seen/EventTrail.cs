using Flatfile.Agent.Core.Binding;

namespace Flatfile.Agent.Core.Dispatch.Seen;

/// <summary>The last events that came to this agent, in memory: for people who look on.</summary>
public sealed class EventTrail
{
    private const int Kept = 200;

    /// <summary>Longer texts are cut: what a stranger sends must not fill the memory.</summary>
    private const int Longest = 200;

    private readonly TimeProvider _time;
    private readonly SeenEvent?[] _ring = new SeenEvent?[Kept];
    private readonly Lock _lock = new();
    private long _count;

    internal EventTrail(TimeProvider time) => _time = time;

    /// <summary>The latest first, at most so many.</summary>
    public IReadOnlyList<SeenEvent> Latest(int limit)
    {
        lock (_lock)
        {
            var latest = new List<SeenEvent>();
            for (var i = _count - 1; i >= 0 && i >= _count - Kept && latest.Count < limit; i--)
            {
                latest.Add(_ring[i % Kept]!);
            }

            return latest;
        }
    }

    internal void Add(FlatfileEvent @event, IReadOnlyList<HandlerBinding> bindings)
    {
        var context = @event.Context;
        var seen = new SeenEvent(
            _time.GetUtcNow(), Cut(@event.Id)!, Cut(@event.Topic)!, Cut(context.SpaceId),
            Cut(context.JobId ?? context.FileId ?? context.DocumentId ?? context.SheetId ?? context.WorkbookId), [.. bindings.Select(b => b.HandlerId)]);
        lock (_lock)
        {
            _ring[_count++ % Kept] = seen;
        }
    }

    private static string? Cut(string? text) => text is { Length: > Longest } ? text[..Longest] + "…" : text;
}
