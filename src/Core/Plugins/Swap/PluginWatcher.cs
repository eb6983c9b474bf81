using Flatfile.Agent.Core.Startup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>Looks at the plugins' folders again and again, and has a plugin taken in when its folder has changed and is still.</summary>
internal sealed partial class PluginWatcher(
    PluginSwaps swaps, IOptions<PluginOptions> options, IOptions<AgentOptions> agent, TimeProvider time, ILogger<PluginWatcher> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, (string Signature, long Since)> _seen = new(StringComparer.Ordinal);
    private Task _loop = Task.CompletedTask;

    private PluginWatchOptions Watch => agent.Value.PluginWatch;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Watch.Enabled)
        {
            _loop = Task.Run(RepeatAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task RepeatAsync()
    {
        using var hints = new FolderHints();
        await swaps.Started.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!_stop.IsCancellationRequested)
        {
            var isMoving = false;
            try
            {
                hints.Watch(Roots());
                isMoving = await LookAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception fault) when (!_stop.IsCancellationRequested)
            {
                Faulted(log, fault);
            }
            catch (Exception)
            {
                return;
            }

            // What moves is looked at often enough to be taken soon after it is still.
            if (isMoving)
            {
                await Task.Delay(Shorter(Watch.Interval, Watch.Quiet / 2), time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else
            {
                await hints.WaitAsync(Watch.Interval, time, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private IEnumerable<string> Roots() => options.Value.Folders.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal);

    /// <summary>Returns whether anything has changed and is not still yet.</summary>
    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var isMoving = false;
        var there = PluginCandidate.All(options.Value).Where(c => c.Folder is not null).ToList();
        foreach (var candidate in there)
        {
            var signature = FolderContent.Signature(candidate.Folder!);
            if (signature == swaps.Tried(candidate.Folder!))
            {
                _seen.Remove(candidate.Folder!);
            }
            else if (IsStill(candidate.Folder!, signature))
            {
                await swaps.FolderChangedAsync(candidate, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                isMoving = true;
            }
        }

        // Folders that vanish together with all around them were more likely unmounted than removed.
        foreach (var folder in swaps.Folders.Except(there.Select(c => c.Folder!)).Where(f => Directory.Exists(Path.GetDirectoryName(f))))
        {
            if (IsStill(folder, string.Empty))
            {
                _seen.Remove(folder);
                await swaps.FolderGoneAsync(folder, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                isMoving = true;
            }
        }

        return isMoving;
    }

    /// <summary>Whether the folder has looked like this for the time of quiet.</summary>
    private bool IsStill(string folder, string signature)
    {
        if (!_seen.TryGetValue(folder, out var seen) || seen.Signature != signature)
        {
            _seen[folder] = (signature, time.GetTimestamp());
            return Watch.Quiet <= TimeSpan.Zero;
        }

        return time.GetElapsedTime(seen.Since) >= Watch.Quiet;
    }
}
