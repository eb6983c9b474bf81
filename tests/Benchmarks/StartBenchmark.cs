using System.Diagnostics;
using Contracts.Support;

namespace Benchmarks;

/// <summary>From starting the process to its first answer to an authorised call; then what it holds when idle.</summary>
internal static class StartBenchmark
{
    private const int Runs = 5;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var empty = new List<double>();
        var idle = 0L;
        using var scratch = new Scratch();
        for (var run = 0; run <= Runs; run++)
        {
            var port = LoopbackPort.Free();
            var watch = Stopwatch.StartNew();
            await using var host = HostRun.Start("serve", "--data", scratch.Path, "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
            (await ServedHost.FirstAnswerAsync(port, scratch.Path)).Dispose();
            if (run > 0)
            {
                empty.Add(watch.Elapsed.TotalMilliseconds);
            }

            if (run == Runs)
            {
                using var settle = new PeriodicTimer(TimeSpan.FromSeconds(10));
                await settle.WaitForNextTickAsync();
                idle = host.ResidentBytes();
            }
        }

        empty.Sort();
        return
        [
            new Figure("start of the process to the first answer (median of 5)", $"{empty[Runs / 2]:N0} ms", "goal 2,000 ms", $"{empty[Runs / 2] / 2_000:P0}"),
            new Figure("memory when idle, 10 s after the start", $"{idle / 1e6:N0} MB", "goal 200 MB", $"{idle / 200e6:P0}"),
        ];
    }
}
