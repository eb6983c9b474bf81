namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>Wakes the watcher when the file system tells of a change. A hint may be missed: folders are looked at in any case.</summary>
internal sealed class FolderHints : IDisposable
{
    private readonly SemaphoreSlim _hint = new(0, 1);
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);

    /// <summary>Listens to folders that are there and are not listened to yet.</summary>
    public void Watch(IEnumerable<string> folders)
    {
        foreach (var folder in folders.Where(f => !_watchers.ContainsKey(f) && Directory.Exists(f)))
        {
            try
            {
                var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
                watcher.Changed += (_, _) => Hint();
                watcher.Created += (_, _) => Hint();
                watcher.Deleted += (_, _) => Hint();
                watcher.Renamed += (_, _) => Hint();
                watcher.Error += (_, _) => Hint();
                watcher.EnableRaisingEvents = true;
                _watchers[folder] = watcher;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // No more hints to be had from the system: looking again and again is enough.
            }
        }
    }

    /// <summary>Returns after the time, or at a hint. Never throws.</summary>
    public Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        var hinted = _hint.WaitAsync(cancellationToken);
        return Either(hinted, Task.Delay(longest, time, cancellationToken));
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers.Values)
        {
            watcher.Dispose();
        }

        _watchers.Clear();
    }

    private static async Task Either(Task hinted, Task passed) =>
        await (await Task.WhenAny(hinted, passed).ConfigureAwait(false)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Hint()
    {
        try
        {
            _hint.Release();
        }
        catch (SemaphoreFullException)
        {
            // One hint is as good as two.
        }
    }
}
