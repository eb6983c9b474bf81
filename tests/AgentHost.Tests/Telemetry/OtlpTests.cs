using AgentHost.Tests.Support;
using Contracts.Support;
using Flatfile.Api;

namespace AgentHost.Tests.Telemetry;

public sealed class OtlpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TracesAndMetricsGoWhereTheSettingsSay()
    {
        await using var collector = await Collector.StartAsync();
        (string, string)[] settings =
            [("Agent__Telemetry__Endpoint", collector.Url), ("Agent__Telemetry__Protocol", "http/protobuf"), ("Agent__Telemetry__ServiceName", "our-agent"), ("OTEL_METRIC_EXPORT_INTERVAL", "300"), ("OTEL_BSP_SCHEDULE_DELAY", "300")];
        await using var served = await ServedFolder.StartAsync(_folder, settings);

        await served.Client.Spaces.CreateAsync(new SpaceConfig { Name = "traced" });

        await ComesAsync(collector, "/v1/traces", "our-agent", "flatfile.event");
        await ComesAsync(collector, "/v1/metrics", "our-agent", "flatfile.events.received", "flatfile.jobs.waiting", "dotnet.gc.collections");
        Assert.DoesNotContain(served.OperatorKey, collector.Taken("/v1/traces"), StringComparison.Ordinal);
        Assert.DoesNotContain(served.Key, collector.Taken("/v1/traces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheStandardVariablesDoTheSameAndAStopSendsTheRest()
    {
        await using var collector = await Collector.StartAsync();
        (string, string)[] settings =
            [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_SERVICE_NAME", "standard-name"), ("OTEL_BSP_SCHEDULE_DELAY", "100000"), ("OTEL_METRIC_EXPORT_INTERVAL", "100000")];
        await using var served = await ServedFolder.StartAsync(_folder, settings);
        await served.Client.Spaces.CreateAsync(new SpaceConfig { Name = "traced" });
        using var metrics = new Browser(served.Url);
        await Signal.UntilAsync(async () => !(await metrics.TextAsync("/metrics")).Contains("flatfile_events_settled_total 0", StringComparison.Ordinal)
            && (await metrics.TextAsync("/metrics")).Contains("flatfile_events_settled_total", StringComparison.Ordinal), "an event to be settled");

        served.Program.Signal("TERM");
        Assert.Equal(0, (await served.Program.EndAsync()).ExitCode);

        await ComesAsync(collector, "/v1/traces", "standard-name", "flatfile.event");
        await ComesAsync(collector, "/v1/metrics", "standard-name", "flatfile.events.received");
    }

    private static Task ComesAsync(Collector collector, string path, params string[] names) => Signal.UntilAsync(
        () => Task.FromResult(names.All(n => collector.Taken(path).Contains(n, StringComparison.Ordinal))), $"{string.Join(", ", names)} at {path}");
}
