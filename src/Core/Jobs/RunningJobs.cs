using System.Collections.Concurrent;
using Flatfile.Agent.Core.Dispatch;

namespace Flatfile.Agent.Core.Jobs;

/// <summary>The runs of this process, found by the Flatfile job.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<string, RunControl> _runs = new(StringComparer.Ordinal);
    private readonly InHand _inHand = new();

    public int Count => _inHand.Count;

    /// <summary>Returns when none runs.</summary>
    public Task WhenIdle => _inHand.WhenEmpty;

    public InHand.Place Enter() => _inHand.Enter();

    public void Add(string jobId, RunControl run) => _runs[jobId] = run;

    public void Remove(string jobId, RunControl run) => _runs.TryRemove(new KeyValuePair<string, RunControl>(jobId, run));

    /// <summary>The job was cancelled in Flatfile, or is gone there. False when it does not run here.</summary>
    public bool End(string jobId, RunEndCause cause)
    {
        if (!_runs.TryGetValue(jobId, out var run))
        {
            return false;
        }

        run.End(cause);
        return true;
    }
}
