namespace Flatfile.Agent.Core.Progress;

/// <summary>Estimates from the recent rate of a run when it will be done.</summary>
/// <remarks>The last minutes count, not the whole run: what is slow at first, or was done by an earlier run, says nothing about the rest.</remarks>
internal sealed class RemainingTime(TimeProvider time)
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    private readonly Queue<(long At, double Percent)> _seen = [];

    /// <summary>Takes a value in; answers when 100 percent will be reached, or null while nobody can say.</summary>
    public DateTimeOffset? Note(double percent)
    {
        var now = time.GetTimestamp();
        _seen.Enqueue((now, percent));
        while (_seen.Count > 2 && time.GetElapsedTime(_seen.Peek().At, now) > Window)
        {
            _seen.Dequeue();
        }

        var (since, before) = _seen.Peek();
        var passed = time.GetElapsedTime(since, now);
        return passed >= Least && percent > before && percent < 100
            ? time.GetUtcNow() + (passed * ((100 - percent) / (percent - before)))
            : null;
    }
}
