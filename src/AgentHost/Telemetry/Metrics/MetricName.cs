namespace Flatfile.Agent.Host.Telemetry.Metrics;

/// <summary>The name under which Prometheus knows an instrument.</summary>
internal static class MetricName
{
    /// <summary>Letters, digits and underscores; the unit and, for counters, <c>_total</c> at the end.</summary>
    public static string Of(string name, string? unit, InstrumentKind kind)
    {
        var plain = Plain(name);
        var suffix = unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => string.Empty };
        if (!plain.EndsWith(suffix, StringComparison.Ordinal))
        {
            plain += suffix;
        }

        return kind == InstrumentKind.Counter && !plain.EndsWith("_total", StringComparison.Ordinal) ? plain + "_total" : plain;
    }

    /// <summary>Whatever is no letter, digit or underscore becomes an underscore; a digit in front gets one before it.</summary>
    public static string Plain(string name)
    {
        var plain = string.Create(name.Length, name, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
            }
        });
        return plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? "_" + plain : plain;
    }
}
