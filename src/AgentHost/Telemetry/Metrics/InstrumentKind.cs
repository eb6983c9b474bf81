namespace Flatfile.Agent.Host.Telemetry.Metrics;

/// <summary>How measurements of an instrument become a value.</summary>
internal enum InstrumentKind
{
    /// <summary>They are added up and only grow.</summary>
    Counter,

    /// <summary>The last one counts, or they are added up and may fall.</summary>
    Gauge,

    /// <summary>They are counted by size.</summary>
    Histogram,
}
