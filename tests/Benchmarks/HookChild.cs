using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Flatfile.Agent;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Handlers.RecordHooks;
using Flatfile.Api;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Benchmarks;

/// <summary>Our record hooks over events of commits that are on a server, in a process of their own, so that their memory is theirs alone.</summary>
internal static class HookChild
{
    public const string Command = "hook-child";

    /// <param name="arguments">The address below which <c>v1</c> is, the key, and a file with an event on each line.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(arguments[0]), Token = arguments[1] });
        var hook = new BenchHook();
        var handler = new RunRecordHooks(new Of<RecordHook>([hook]), new Of<SpaceBlueprint>([]), client, TimeProvider.System);
        var watch = Stopwatch.StartNew();
        foreach (var line in File.ReadLines(arguments[2]))
        {
            var @event = FlatfileEvent.Parse(System.Text.Encoding.UTF8.GetBytes(line));
            await handler.HandleAsync(new HandlerEventContext(@event, 1, NullLogger.Instance, new EventRecords(@event, () => client)), CancellationToken.None);
        }

        Console.WriteLine(new JsonObject { ["seconds"] = watch.Elapsed.TotalSeconds, ["peakBytes"] = PeakBytes(), ["rows"] = hook.Rows }.ToJsonString());
        return 0;
    }

    private static long PeakBytes() =>
        File.Exists("/proc/self/status")
            ? long.Parse(File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024
            : Process.GetCurrentProcess().PeakWorkingSet64;

    private sealed record Of<T>(IReadOnlyList<T> All) : IContributions<T>
        where T : class;

    /// <summary>The same as in <c>js/record-hook.mjs</c>.</summary>
    private sealed class BenchHook : RecordHook
    {
        public long Rows { get; private set; }

        public override string SheetSlug => "bench";

        public override Task RunAsync(IReadOnlyList<FlatfileRecord> records, EventContext context, CancellationToken cancellationToken)
        {
            Rows += records.Count;
            foreach (var record in records)
            {
                var number = record.GetNumber("f4");
                if (number % 10 == 0)
                {
                    record.Set("f1", record.GetText("f1")!.ToUpperInvariant());
                }

                if (number % 100 == 0)
                {
                    record.AddError("f4", "A hundred is not taken.");
                }
            }

            return Task.CompletedTask;
        }
    }
}
