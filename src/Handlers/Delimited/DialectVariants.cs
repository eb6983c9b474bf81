namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>The quotes, escapes and line ends that a sample may be read with, given its delimiter.</summary>
internal static class DialectVariants
{
    private const string OtherQuotes = "'`\u201C\u201E\u00AB";

    public static List<Dialect> Of(Dialect dialect, ReadOnlySpan<char> sample, KnownDialect known)
    {
        var variants = new List<Dialect>(8);
        if (known.Quote is { } quote)
        {
            variants.Add(dialect with { Quote = quote });
        }
        else
        {
            variants.Add(dialect with { Quote = '"' });
            foreach (var other in OtherQuotes)
            {
                if (sample.Contains(other))
                {
                    variants.Add(dialect with { Quote = other });
                }
            }

            if (sample.Contains('"'))
            {
                variants.Add(dialect with { Quote = Dialect.None });
            }
        }

        foreach (var variant in variants.ToArray())
        {
            if (variant.Quote != Dialect.None && HasBlanksAroundQuotes(variant, sample))
            {
                variants.Add(variant with { BlanksAroundQuotes = true });
            }
        }

        foreach (var variant in variants.ToArray())
        {
            if (known.Escape is null && HasEscapes(variant, sample))
            {
                variants.Add(variant with { Escape = '\\' });
            }
        }

        if (!dialect.CarriageReturnEndsLine && sample.Count('\r') > sample.Count("\r\n"))
        {
            variants.AddRange(variants.ConvertAll(d => d with { CarriageReturnEndsLine = true }));
        }

        return variants;
    }

    /// <summary>How likely a dialect is before the sample is looked at, against the plain one with its delimiter.</summary>
    public static double Weight(Dialect dialect) =>
        (dialect.Quote switch { '"' => 1, Dialect.None => 0.93, '\'' => 0.97, _ => 0.95 })
        * (dialect.Escape == Dialect.None ? 1 : 0.99) * (dialect.BlanksAroundQuotes ? 0.995 : 1);

    private static bool HasBlanksAroundQuotes(Dialect d, ReadOnlySpan<char> sample) =>
        sample.IndexOf(string.Concat(d.Delimiter, " ", d.Quote.ToString())) >= 0
        || (d.Delimiter.Length > 0 && sample.IndexOf(string.Concat(d.ClosingQuote.ToString(), " ", d.Delimiter)) >= 0);

    private static bool HasEscapes(Dialect d, ReadOnlySpan<char> sample) =>
        (d.Delimiter.Length > 0 && sample.IndexOf("\\" + d.Delimiter) >= 0) || (d.Quote != Dialect.None && sample.IndexOf(['\\', d.Quote]) >= 0);
}
