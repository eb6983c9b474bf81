namespace Flatfile.Agent.Host.Telemetry.Metrics;

/// <summary>Measurements counted by size.</summary>
/// <param name="bounds">The upper bound of each bucket, growing; above the last there is one more.</param>
internal sealed class HistogramSeries(IReadOnlyList<double> bounds)
{
    private readonly long[] _counts = new long[bounds.Count + 1];
    private readonly Lock _lock = new();
    private double _sum;

    public void Record(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        lock (_lock)
        {
            _counts[bucket]++;
            _sum += value;
        }
    }

    /// <summary>How many fell into each bucket, not added up, and the sum of all.</summary>
    public (long[] Counts, double Sum) Read()
    {
        lock (_lock)
        {
            return ([.. _counts], _sum);
        }
    }
}
