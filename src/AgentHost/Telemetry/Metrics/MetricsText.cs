using System.Globalization;
using System.Text;

namespace Flatfile.Agent.Host.Telemetry.Metrics;

/// <summary>Metrics as text, in version 0.0.4 of Prometheus' format.</summary>
internal static class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(IEnumerable<InstrumentSeries> instruments)
    {
        var text = new StringBuilder();
        foreach (var same in instruments.GroupBy(i => i.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            // One name is one metric: of instruments that share a name and differ in kind, only the first kind is shown.
            var kind = same.First().Kind;
            Write(text, [.. same.Where(i => i.Kind == kind)]);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, IReadOnlyList<InstrumentSeries> same)
    {
        var (name, help, kind) = (same[0].Name, same[0].Help, same[0].Kind);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (!same.Any(i => i.Values.Any() || i.Histograms.Any()))
        {
            return;
        }

        text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(kind.ToString().ToLowerInvariant()).Append('\n');
        foreach (var instrument in same)
        {
            foreach (var (labels, value) in instrument.Values.Where(v => seen.Add(v.Key)))
            {
                Line(text, name, labels, Number(value));
            }

            foreach (var (labels, histogram) in instrument.Histograms.Where(h => seen.Add(h.Key)))
            {
                Histogram(text, name, labels, instrument.Bounds, histogram);
            }
        }
    }

    private static void Histogram(StringBuilder text, string name, string labels, IReadOnlyList<double> bounds, HistogramSeries histogram)
    {
        var (counts, sum) = histogram.Read();
        var all = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            all += counts[i];
            var bound = $"le=\"{(i < bounds.Count ? Number(bounds[i]) : "+Inf")}\"";
            Line(text, name + "_bucket", labels.Length == 0 ? bound : $"{labels},{bound}", all.ToString(CultureInfo.InvariantCulture));
        }

        Line(text, name + "_sum", labels, Number(sum));
        Line(text, name + "_count", labels, all.ToString(CultureInfo.InvariantCulture));
    }

    private static void Line(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
