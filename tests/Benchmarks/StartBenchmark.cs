using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

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
            var port = FreePort();
            var watch = Stopwatch.StartNew();
            await using var host = HostRun.Start("serve", "--data", scratch.Path, "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await FirstAnswerAsync(port, scratch.Path);
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

    private static async Task FirstAnswerAsync(int port, string data)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/v1/") };
        var key = Path.Combine(data, "development-key");
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var tries = 0; tries < 12_000; tries++)
        {
            try
            {
                if (File.Exists(key))
                {
                    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(key)).Trim());
                    using var answer = await http.GetAsync("environments");
                    if (answer.StatusCode == HttpStatusCode.OK)
                    {
                        return;
                    }
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                // Not listening yet, or the key is just being written: that is what is being measured.
            }

            await tick.WaitForNextTickAsync();
        }

        throw new TimeoutException("The host gave no answer within a minute.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
