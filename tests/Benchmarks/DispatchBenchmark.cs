using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Flatfile.Agent;
using Flatfile.Agent.Core.Binding;

namespace Benchmarks;

/// <summary>
/// From the text of an event to three called handlers, with 1, 100 and 1,000 bindings of one topic that differ in their filter;
/// beside it the official JavaScript listener fed the same events, where Node and its package are at hand.
/// </summary>
internal static class DispatchBenchmark
{
    private const int Events = 1_000;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var events = Enumerable.Range(0, Events).Select(Text).ToArray();
        var figures = new List<Figure>();
        foreach (var bindings in (int[])[1, 100, 1_000])
        {
            var (rate, called) = await MeasureAsync(events, bindings);
            var peer = OfficialListener.Measure(events, bindings);
            figures.Add(new Figure(
                $"events dispatched with {bindings:N0} binding{(bindings == 1 ? "" : "s")}, text to called handlers",
                $"{rate:N0} per s",
                peer is { } p ? $"official JavaScript listener {p:N0} per s" : "official JavaScript listener not run: no Node or no package",
                peer is { } q ? $"{rate / q:N0} times" : ""));
            if (called == 0)
            {
                throw new InvalidOperationException("No handler was called: the measurement means nothing.");
            }
        }

        return figures;
    }

    private static async Task<(double Rate, long Called)> MeasureAsync(string[] texts, int bindings)
    {
        var called = 0L;
        var listener = new FlatfileListener();
        for (var i = 0; i < bindings; i++)
        {
            listener.On("commit:created", new { sheetSlug = i < 3 ? "contacts" : $"sheet-{i}" }, (_, _) =>
            {
                called++;
                return Task.CompletedTask;
            });
        }

        var catalog = new HandlerCatalog(ListenerBindings.Of(listener, "bench", "listener"));
        var events = texts.Select(Encoding.UTF8.GetBytes).ToArray();
        await DispatchAsync(catalog, events, TimeSpan.FromMilliseconds(500));
        called = 0;
        var handled = await DispatchAsync(catalog, events, Length);
        return (handled / Length.TotalSeconds, called);
    }

    private static async Task<long> DispatchAsync(HandlerCatalog catalog, byte[][] events, TimeSpan length)
    {
        var handled = 0L;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < length; handled++)
        {
            var read = FlatfileEvent.Parse(events[handled % events.Length]);
            foreach (var binding in catalog.Match(read))
            {
                await binding.CreateEventHandler(NoServices.Instance).HandleAsync(null!, CancellationToken.None);
            }
        }

        return handled;
    }

    private static string Text(int i) => JsonSerializer.Serialize(new
    {
        id = "us_evt_" + i.ToString("x16", CultureInfo.InvariantCulture),
        topic = "commit:created",
        domain = "workbook",
        context = new
        {
            accountId = "us_acc_aaaaaaaa", environmentId = "us_env_bbbbbbbb", spaceId = "us_sp_cccccccc", workbookId = "us_wb_dddddddd",
            sheetId = "us_sh_eeeeeeee", sheetSlug = "contacts", slugs = new { sheet = "contacts" }, commitId = "us_vr_ffffffff",
            versionId = "us_vr_ffffffff", actorId = "us_usr_gggggggg",
        },
        payload = new { trackChanges = true, count = 12 },
        target = "sheet(contacts)",
        namespaces = (string[])["space:red", "workbook:crm"],
        createdAt = "2024-05-01T10:00:00.000Z",
    });

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
