using System.Diagnostics;
using Kill.Agents;
using Kill.Platform;

namespace Kill.Checking;

/// <summary>How long jobs in hand stood still after a death.</summary>
internal static class RecoveryTimes
{
    /// <summary>Median, 99th percentile and longest, in seconds; empty when no death met a job in hand.</summary>
    public static IReadOnlyList<double> Of(IReadOnlyList<PlatformCall> calls, IReadOnlyList<Death> deaths)
    {
        var byJob = calls.Where(c => c.JobId is not null).GroupBy(c => c.JobId!).Select(g => g.OrderBy(c => c.Begun).ToList()).ToList();
        var gaps = new List<double>();
        foreach (var death in deaths)
        {
            foreach (var job in byJob)
            {
                var last = job.LastOrDefault(c => c.Begun < death.At);
                if (last is { IsEnd: false } && last.Incarnation == death.Incarnation && job.FirstOrDefault(c => c.Begun >= death.At && c.Incarnation != death.Incarnation) is { } next)
                {
                    gaps.Add(Stopwatch.GetElapsedTime(death.At, next.Begun).TotalSeconds);
                }
            }
        }

        return Summary(gaps);
    }

    /// <summary>Median, 99th percentile and longest of times in seconds; empty when there are none.</summary>
    public static IReadOnlyList<double> Summary(IEnumerable<double> seconds)
    {
        var times = seconds.Order().ToList();
        return times.Count == 0 ? [] : [Rounded(times[times.Count / 2]), Rounded(times[(int)(times.Count * 0.99)]), Rounded(times[^1])];
    }

    private static double Rounded(double seconds) => Math.Round(seconds, 2);
}
