namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>The texts that may divide the cells of a sample.</summary>
internal static class DelimiterCandidates
{
    private static readonly DelimiterCandidate[] Known =
    [
        new(",", 1), new("\t", 1.03), new(";", 0.98), new("|", 0.96), new("^", 0.8), new("~", 0.8), new("\u0001", 0.9), new("\u001f", 0.9),
        new("\u00a7", 0.8), new("\u00a6", 0.8), new("#", 0.7), new(":", 0.5), new(" ", 0.5), new("=", 0.4), new("&", 0.4),
    ];

    public static List<DelimiterCandidate> Of(ReadOnlySpan<char> sample, KnownDialect known)
    {
        if (known.Delimiter is { } told)
        {
            return [new(told, 1), .. told == " " && sample.IndexOf("  ") >= 0 ? [new DelimiterCandidate(told, 1.2, Runs: true)] : Array.Empty<DelimiterCandidate>()];
        }

        var candidates = new List<DelimiterCandidate>();
        foreach (var candidate in Known)
        {
            if (sample.Contains(candidate.Text[0]))
            {
                candidates.Add(candidate);
            }
        }

        if (sample.IndexOf("  ") >= 0)
        {
            candidates.Add(new(" ", 0.5, Runs: true));
        }

        AddLongOnes(candidates, sample);
        return candidates;
    }

    /// <summary>Two to three marks that always stand together, such as <c>||</c>, <c>::</c> or <c>|~|</c>.</summary>
    private static void AddLongOnes(List<DelimiterCandidate> candidates, ReadOnlySpan<char> sample)
    {
        var end = sample.IndexOfAny('\r', '\n');
        var line = end < 0 ? sample : sample[..end];
        for (var i = 0; i < line.Length; i++)
        {
            var length = 0;
            while (i + length < line.Length && IsMark(line[i + length]))
            {
                length++;
            }

            if (length is 2 or 3 && line[i..(i + length)].ToString() is var text && candidates.TrueForAll(c => c.Text != text))
            {
                candidates.Add(new(text, 1.5));
            }

            i += length;
        }
    }

    private static bool IsMark(char c) => c is '|' or ':' or ';' or '~' or '^' or '#' or '$' or '&' or '@' or '*' or '+' or '=' or '<' or '>' or '!' or '%' or '\u00a6' or '\u00a7';
}
