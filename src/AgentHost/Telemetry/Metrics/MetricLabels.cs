using System.Globalization;
using System.Text;

namespace Flatfile.Agent.Host.Telemetry.Metrics;

/// <summary>Labels as Prometheus writes them, between the braces. Two equal sets give the same text, in whatever order they came.</summary>
internal static class MetricLabels
{
    private const int LongestValue = 128;

    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return string.Empty;
        }

        // Names that become the same are one label with both values.
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
        {
            var label = MetricName.Plain(name);
            label = label is "le" or "quantile" || label.StartsWith("__", StringComparison.Ordinal) ? "tag_" + label.TrimStart('_') : label;
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
            labels[label] = labels.TryGetValue(label, out var before) ? before + ";" + text : text;
        }

        var written = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            written.Append(written.Length == 0 ? "" : ",").Append(name).Append("=\"");
            Escape(written, value.Length > LongestValue ? value.AsSpan(0, LongestValue) : value);
            written.Append('"');
        }

        return written.ToString();
    }

    private static void Escape(StringBuilder written, ReadOnlySpan<char> value)
    {
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '\\' => written.Append(@"\\"),
                '"' => written.Append("\\\""),
                '\n' => written.Append(@"\n"),
                _ => written.Append(letter),
            };
        }
    }
}
