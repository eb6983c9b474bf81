using System.Diagnostics.Metrics;
using Flatfile.Agent.Core.Dispatch;

namespace Core.Tests.Support;

/// <summary>Reads the gauges of one agent, as an exporter does.</summary>
internal sealed class Gauges : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _read = new(StringComparer.Ordinal);

    public Gauges(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == AgentMetrics.SourceName && instrument.Meter.Scope == meters && instrument.IsObservable)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _read[instrument.Name] = value);
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _read[instrument.Name] = value);
        _listener.Start();
    }

    public double Read(string name)
    {
        _read.Clear();
        _listener.RecordObservableInstruments();
        return _read[name];
    }

    public void Dispose() => _listener.Dispose();
}
