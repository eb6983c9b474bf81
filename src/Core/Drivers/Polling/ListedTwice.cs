namespace Flatfile.Agent.Core.Drivers.Polling;

/// <summary>How far a list that came in several answers can be trusted: as far as two readings after each other agree.</summary>
/// <remarks>Between two answers the list may move, and what moves over the edge of a page is seen by neither.</remarks>
internal sealed class ListedTwice
{
    private List<(string Id, DateTimeOffset At)> _before = [];
    private List<(string Id, DateTimeOffset At)> _now = [];

    public void Begin() => _now.Clear();

    /// <summary>The next event, the oldest first.</summary>
    public void Add(string id, DateTimeOffset createdAt) => _now.Add((id, createdAt));

    /// <summary>Ends a reading. Returns the time of the last event up to which it was the same as the one before it.</summary>
    public DateTimeOffset? End()
    {
        var same = 0;
        while (same < _before.Count && same < _now.Count && _before[same].Id == _now[same].Id)
        {
            same++;
        }

        DateTimeOffset? trusted = same == 0 ? null : _now[same - 1].At;
        (_before, _now) = (_now, _before);
        _now.Clear();
        return trusted;
    }

    /// <summary>The next reading has none before it.</summary>
    public void Forget()
    {
        _before.Clear();
        _now.Clear();
    }
}
