using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Flatfile.Agent.Host.Telemetry.Metrics;

/// <summary>Listens to the meters of this host and keeps their values, for whoever reads them.</summary>
internal sealed class MetricStore : IHostedService, IDisposable
{
    private const int MostInstruments = 1000;

    /// <summary>Ours, and those of the runtime, the server and outgoing calls.</summary>
    private static readonly string[] Meters = ["System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly IMeterFactory _scope;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> _instruments = new();
    private readonly Lock _reading = new();

    public MetricStore(IMeterFactory meters)
    {
        _scope = meters;
        _listener.InstrumentPublished = Publish;
        _listener.MeasurementsCompleted = (instrument, _) => _instruments.TryRemove(instrument, out var _);
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Record((double)value, tags, state));
    }

    public static bool IsRead(string meter) => meter.StartsWith("Flatfile.", StringComparison.Ordinal) || Meters.Contains(meter);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>All instruments with their present values, by name.</summary>
    public string Write()
    {
        lock (_reading)
        {
            foreach (var instrument in _instruments.Values)
            {
                instrument.ForgetObserved();
            }

            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // A part that cannot be observed now is left out; the others are read.
            }

            return MetricsText.Of(_instruments.Values);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) => (state as InstrumentSeries)?.Record(value, tags);

    private void Publish(Instrument instrument, MeterListener listener)
    {
        // Meters made by the factory of another host in this process are that host's.
        if (IsRead(instrument.Meter.Name) && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, _scope)) && _instruments.Count < MostInstruments)
        {
            listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, i => new InstrumentSeries(i)));
        }
    }
}
