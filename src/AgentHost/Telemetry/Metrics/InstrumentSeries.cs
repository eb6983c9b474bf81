using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Flatfile.Agent.Host.Telemetry.Metrics;

/// <summary>One instrument with its values, one for each set of labels. The number of sets is bounded: what comes beyond is counted together.</summary>
internal sealed class InstrumentSeries
{
    public const int MostSeries = 500;

    private const string Beyond = "overflow=\"true\"";
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
    private static readonly double[] Others = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly ConcurrentDictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HistogramSeries> _histograms = new(StringComparer.Ordinal);
    private readonly bool _isObserved;
    private readonly bool _addsUp;

    public InstrumentSeries(Instrument instrument)
    {
        Kind = KindOf(instrument);
        Name = MetricName.Of(instrument.Name, instrument.Unit, Kind);
        Help = instrument.Description ?? string.Empty;
        Bounds = BoundsOf(instrument);
        _isObserved = instrument.IsObservable;
        _addsUp = !_isObserved && TypeOf(instrument) != typeof(Gauge<>);
    }

    public InstrumentKind Kind { get; }

    /// <summary>As it is exposed.</summary>
    public string Name { get; }

    public string Help { get; }

    /// <summary>Of the buckets of a histogram.</summary>
    public IReadOnlyList<double> Bounds { get; }

    public IEnumerable<KeyValuePair<string, double>> Values => _values.OrderBy(v => v.Key, StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, HistogramSeries>> Histograms => _histograms.OrderBy(h => h.Key, StringComparer.Ordinal);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = MetricLabels.Of(tags);
        if (Kind == InstrumentKind.Histogram)
        {
            _histograms.GetOrAdd(Bounded(labels, _histograms), _ => new HistogramSeries(Bounds)).Record(value);
        }
        else if (_addsUp)
        {
            _values.AddOrUpdate(Bounded(labels, _values), value, (_, before) => before + value);
        }
        else
        {
            _values[Bounded(labels, _values)] = value;
        }
    }

    /// <summary>What is observed anew at each reading must not linger when it is gone.</summary>
    public void ForgetObserved()
    {
        if (_isObserved)
        {
            _values.Clear();
        }
    }

    private static string Bounded<T>(string labels, ConcurrentDictionary<string, T> known) =>
        known.ContainsKey(labels) || known.Count < MostSeries ? labels : Beyond;

    private static InstrumentKind KindOf(Instrument instrument)
    {
        var type = TypeOf(instrument);
        return type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? InstrumentKind.Counter
            : type == typeof(Histogram<>) ? InstrumentKind.Histogram
            : InstrumentKind.Gauge;
    }

    private static Type TypeOf(Instrument instrument) => instrument.GetType().IsGenericType ? instrument.GetType().GetGenericTypeDefinition() : instrument.GetType();

    private static IReadOnlyList<double> BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } advised } => advised,
        Histogram<long> { Advice.HistogramBucketBoundaries: { } advised } => [.. advised.Select(b => (double)b)],
        { Unit: "s" } => Seconds,
        _ => Others,
    };
}
