using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>Lets replaced plugins finish their work, disposes what is theirs, and sees to it that their code leaves the memory.</summary>
internal sealed partial class PluginDrain(PluginWatchOptions options, TimeProvider time, ILogger log)
{
    private readonly Lock _lock = new();
    private readonly List<Draining> _draining = [];
    private readonly List<(string Plugin, WeakReference Code)> _unloading = [];
    private readonly List<Task> _tasks = [];

    /// <summary>Versions that still have work.</summary>
    public IReadOnlyList<DrainingVersion> Of(string plugin)
    {
        lock (_lock)
        {
            return [.. _draining.Where(d => d.Live.Name == plugin).Select(d => new DrainingVersion(d.Version, d.Live.Uses))];
        }
    }

    /// <summary>How many versions without work are still in memory.</summary>
    public int Unloading(string plugin)
    {
        lock (_lock)
        {
            _unloading.RemoveAll(u => !u.Code.IsAlive);
            return _unloading.Count(u => u.Plugin == plugin);
        }
    }

    /// <summary>No catalogue holds the plugin any more.</summary>
    public void Begin(LivePlugin live, PluginVersion version)
    {
        lock (_lock)
        {
            _tasks.RemoveAll(t => t.IsCompleted);
            var draining = new Draining(live, version);
            _draining.Add(draining);
            _tasks.Add(Task.Run(() => DrainAsync(draining)));
        }
    }

    /// <summary>Ends when everything that was replaced until now is out of memory, or was told not to leave it.</summary>
    public Task WhenDone()
    {
        lock (_lock)
        {
            return Task.WhenAll(_tasks);
        }
    }

    private async Task DrainAsync(Draining draining)
    {
        var (plugin, version) = (draining.Live.Name, draining.Version);
        await draining.Live.RetireAsync().ConfigureAwait(false);
        var (code, fault) = await draining.Live.LetGoAsync().ConfigureAwait(false);
        lock (_lock)
        {
            _draining.Remove(draining);
            if (code is not null)
            {
                _unloading.Add((plugin, code));
            }
        }

        if (fault is not null)
        {
            NotDisposed(log, fault, plugin, version);
        }

        if (code is null || await IsGoneAsync(code).ConfigureAwait(false))
        {
            Unloaded(log, plugin, version);
            return;
        }

        StillInMemory(log, plugin, version, options.UnloadLimit);
    }

    /// <summary>Code leaves the memory when nothing refers to it; that shows only after a collection.</summary>
    private async Task<bool> IsGoneAsync(WeakReference code)
    {
        var begun = time.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(20);
        while (true)
        {
            Collect();
            if (!code.IsAlive)
            {
                return true;
            }

            if (time.GetElapsedTime(begun) > options.UnloadLimit)
            {
                return false;
            }

            await Task.Delay(pause, time).ConfigureAwait(false);
            pause = pause * 2 > TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(5) : pause * 2;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect()
    {
        PluginJson.LetGo();
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private sealed record Draining(LivePlugin Live, PluginVersion Version);
}
