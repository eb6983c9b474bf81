using System.Diagnostics.Metrics;
using Flatfile.Agent.Host.Telemetry.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace AgentHost.Tests.Telemetry;

public sealed class MetricsTextTests : IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MetricStore _store;
    private readonly Meter _meter;

    public MetricsTextTests()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        _store = new MetricStore(factory);
        _meter = factory.Create("Flatfile.Test");
    }

    private string Ours => string.Join('\n', _store.Write().Split('\n').Where(l => l.Contains("test_", StringComparison.Ordinal)));

    public Task InitializeAsync() => _store.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        _store.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public void CountersGaugesAndHistogramsAreWrittenAsPrometheusReadsThem()
    {
        var counter = _meter.CreateCounter<long>("test.events", "{event}", "Events,\nwith a \\ in the help.");
        counter.Add(2, KeyValuePair.Create("handler", (object?)"b"));
        counter.Add(3, KeyValuePair.Create("handler", (object?)"b"));
        counter.Add(1);
        var upAndDown = _meter.CreateUpDownCounter<int>("test.in-hand");
        upAndDown.Add(5);
        upAndDown.Add(-2);
        _meter.CreateGauge<double>("test.level").Record(0.25);
        var value = 7L;
        _meter.CreateObservableGauge("test.seen", () => value);
        var histogram = _meter.CreateHistogram("test.duration", "s", "How long.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1, 10] });
        foreach (var seconds in (double[])[0.1, 0.5, 0.5, 100])
        {
            histogram.Record(seconds, KeyValuePair.Create("kind", (object?)"job"));
        }

        Assert.Equal(
            """
            # HELP test_duration_seconds How long.
            # TYPE test_duration_seconds histogram
            test_duration_seconds_bucket{kind="job",le="0.1"} 1
            test_duration_seconds_bucket{kind="job",le="1"} 3
            test_duration_seconds_bucket{kind="job",le="10"} 3
            test_duration_seconds_bucket{kind="job",le="+Inf"} 4
            test_duration_seconds_sum{kind="job"} 101.1
            test_duration_seconds_count{kind="job"} 4
            # HELP test_events_total Events,\nwith a \\ in the help.
            # TYPE test_events_total counter
            test_events_total 1
            test_events_total{handler="b"} 5
            # HELP test_in_hand 
            # TYPE test_in_hand gauge
            test_in_hand 3
            # HELP test_level 
            # TYPE test_level gauge
            test_level 0.25
            # HELP test_seen 
            # TYPE test_seen gauge
            test_seen 7
            """,
            Ours);
    }

    [Fact]
    public void LabelsAreEscapedSortedCutAndTheirNamesMadePlain()
    {
        var counter = _meter.CreateCounter<long>("test.labels");
        counter.Add(1, KeyValuePair.Create("z.name", (object?)"line\nfeed \"quoted\" back\\slash }{,="), KeyValuePair.Create("a name", (object?)7), KeyValuePair.Create("le", (object?)"x"));
        counter.Add(1, KeyValuePair.Create("a name", (object?)7), KeyValuePair.Create("le", (object?)"x"), KeyValuePair.Create("z.name", (object?)"line\nfeed \"quoted\" back\\slash }{,="));
        counter.Add(1, KeyValuePair.Create("long", (object?)new string('x', 5000)));

        Assert.Contains("""test_labels_total{a_name="7",tag_le="x",z_name="line\nfeed \"quoted\" back\\slash }{,="} 2""", Ours, StringComparison.Ordinal);
        Assert.Contains($"test_labels_total{{long=\"{new string('x', 128)}\"}} 1", Ours, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreSetsOfLabelsThanTheLimitAreCountedTogether()
    {
        var counter = _meter.CreateCounter<long>("test.many");
        for (var i = 0; i < InstrumentSeries.MostSeries + 300; i++)
        {
            counter.Add(1, KeyValuePair.Create("id", (object?)i));
        }

        var lines = Ours.Split('\n').Where(l => l.StartsWith("test_many_total", StringComparison.Ordinal)).ToList();
        Assert.Equal(InstrumentSeries.MostSeries + 1, lines.Count);
        Assert.Contains("test_many_total{overflow=\"true\"} 300", lines);
    }

    [Fact]
    public void WhatIsNotObservedAnyMoreIsGoneAndOtherHostsMetersAreNotRead()
    {
        List<Measurement<long>> measurements = [new(1, KeyValuePair.Create("id", (object?)"a")), new(2, KeyValuePair.Create("id", (object?)"b"))];
        _meter.CreateObservableGauge("test.observed", () => measurements);
        using var other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        other.GetRequiredService<IMeterFactory>().Create("Flatfile.Test").CreateCounter<long>("test.foreign").Add(1);
        Assert.Contains("test_observed{id=\"b\"} 2", Ours, StringComparison.Ordinal);
        measurements.RemoveAt(1);

        Assert.DoesNotContain("id=\"b\"", Ours, StringComparison.Ordinal);
        Assert.DoesNotContain("test_foreign", Ours, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MeasurementsOfManyThreadsAllCount()
    {
        var counter = _meter.CreateCounter<long>("test.threads");
        var histogram = _meter.CreateHistogram<double>("test.sizes");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Add(1, KeyValuePair.Create("id", (object?)(i % 10)));
                histogram.Record(1);
            }
        })));

        Assert.Equal(80_000, Ours.Split('\n').Where(l => l.StartsWith("test_threads_total{", StringComparison.Ordinal)).Sum(l => long.Parse(l.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains("test_sizes_count 80000", Ours, StringComparison.Ordinal);
    }
}
