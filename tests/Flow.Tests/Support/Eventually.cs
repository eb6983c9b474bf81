using System.Diagnostics;

namespace Flow.Tests.Support;

/// <summary>Waits for something outside this process, with a limit that says what it waited for.</summary>
internal static class Eventually
{
    public static async Task Async(Func<Task<bool>> condition, TimeSpan limit, Func<string> what)
    {
        var watch = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            if (watch.Elapsed > limit)
            {
                throw new TimeoutException($"Waited {limit} for {what()}");
            }

            await tick.WaitForNextTickAsync();
        }
    }
}
