namespace Flatfile.Agent.Core.Offline;

/// <summary>Collects what happens on the way of a replay, and tells whoever watches.</summary>
internal sealed class OfflineWay(Action<OfflineStep>? watch)
{
    private readonly Lock _lock = new();
    private readonly List<OfflineStep> _steps = [];

    public IReadOnlyList<OfflineStep> Steps
    {
        get
        {
            lock (_lock)
            {
                return [.. _steps];
            }
        }
    }

    public void Add(OfflineStep step)
    {
        lock (_lock)
        {
            _steps.Add(step);
            watch?.Invoke(step);
        }
    }
}
