namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Finds delimiter, quote, escape and line end by reading a sample in every candidate dialect and taking the one that reads best.</summary>
/// <remarks>Best: rows of equal width, cells that look like whole values. Counting characters alone would take the comma of <c>1,5;2,5</c> for a delimiter.</remarks>
internal static class DialectSniffer
{
    /// <summary>What reading every line as one cell is worth; a delimiter must do better.</summary>
    private const double SingleColumn = 0.2;

    /// <param name="sample">The beginning of the text.</param>
    /// <param name="whole">The sample is the whole text.</param>
    /// <param name="extension">Of the file's name, without the dot: a hint, no more.</param>
    /// <param name="known">What the options tell.</param>
    public static SniffedDialect Sniff(ReadOnlySpan<char> sample, bool whole, string extension, KnownDialect known)
    {
        var single = new Dialect { Delimiter = string.Empty, Quote = known.Quote ?? '"', Escape = known.Escape ?? Dialect.None };
        single = single with { CarriageReturnEndsLine = CarriageReturnsEndLines(sample, single.Quote) };
        var singleScore = DialectScore.Of(single, sample, whole);
        var best = new SniffedDialect(single, singleScore, SingleColumn * singleScore.Value, 0, known);
        if (known.Delimiter is not null)
        {
            best = best with { Value = double.MinValue };
        }

        var occurs = false;
        foreach (var delimiter in DelimiterCandidates.Of(sample, known))
        {
            foreach (var candidate in DialectVariants.Of(single with { Delimiter = delimiter.Text, Runs = delimiter.Runs }, sample, known))
            {
                var score = DialectScore.Of(candidate, sample, whole);
                occurs |= score.Width > 1 && delimiter.IsUsual;
                if (known.Delimiter is null && !delimiter.Accepts(candidate, score, sample))
                {
                    continue;
                }

                var value = score.Value * delimiter.Weight * Hint(delimiter.Text, extension) * DialectVariants.Weight(candidate)
                    * (candidate.CarriageReturnEndsLine == single.CarriageReturnEndsLine ? 1 : 0.85);
                if (value > best.Value)
                {
                    best = new SniffedDialect(candidate, score, value, best.Dialect.Delimiter == delimiter.Text ? best.RunnerUp : Math.Max(best.Value, 0), known);
                }
                else if (value > best.RunnerUp && best.Dialect.Delimiter != delimiter.Text)
                {
                    best = best with { RunnerUp = value };
                }
            }
        }

        if (best.Dialect.Delimiter.Length == 0 && known.Delimiter is null && Named(single, sample, whole, extension, known) is { } named)
        {
            best = named;
        }

        best = best with { NoneOccurs = !occurs };
        if (best.Score.Quoted == 0 && known.Quote is null && known.Escape is null && OnlyEscapedApostrophes(sample))
        {
            best = best with { Dialect = best.Dialect with { Quote = '\'', Escape = '\\' } };
        }

        return best.Score.Blanks >= 0.95 && !best.Dialect.Runs ? best with { Dialect = best.Dialect with { BlankAfterDelimiter = true } } : best;
    }

    /// <summary>Rows too ragged to speak for themselves: the name of the file and a header-like first row do, and the rows that do not fit are refused one by one.</summary>
    private static SniffedDialect? Named(Dialect single, ReadOnlySpan<char> sample, bool whole, string extension, KnownDialect known)
    {
        var delimiters = extension.ToLowerInvariant() switch
        {
            "csv" => ",;\t|",
            "tsv" or "tab" => "\t",
            "psv" => "|",
            _ => string.Empty,
        };
        foreach (var delimiter in delimiters)
        {
            var candidate = single with { Delimiter = delimiter.ToString() };
            var rows = DialectRows.Read(candidate, sample, whole);
            if (rows.Rows.Count > 1 && rows.Rows[0] is { Width: > 1, BlankBeforeLast: false, Faulty: false } && 2 * rows.Rows.Count(r => r.Width > 1) > rows.Rows.Count
                && rows.Wholeness > 0.5)
            {
                return new SniffedDialect(candidate, DialectScore.Of(candidate, sample, whole), SingleColumn, SingleColumn, known);
            }
        }

        return null;
    }

    /// <summary>Programs that quote with apostrophes write a backslash before each one in a text, also where the text needs no quotes.</summary>
    private static bool OnlyEscapedApostrophes(ReadOnlySpan<char> sample) =>
        sample.Count('\'') is > 0 and var apostrophes && sample.Count("\\'") == apostrophes && !sample.Contains('"');

    private static double Hint(string delimiter, string extension) => (extension.ToLowerInvariant(), delimiter) switch
    {
        ("tsv" or "tab", "\t") or ("psv", "|") or ("csv", ",") => 1.1,
        _ => 1,
    };

    private static bool CarriageReturnsEndLines(ReadOnlySpan<char> sample, char quote)
    {
        var (feeds, alone, inside) = (0, 0, false);
        for (var i = 0; i < sample.Length; i++)
        {
            inside ^= sample[i] == quote && quote != Dialect.None;
            feeds += sample[i] == '\n' && !inside ? 1 : 0;
            alone += sample[i] == '\r' && !inside && (i + 1 == sample.Length || sample[i + 1] != '\n') ? 1 : 0;
        }

        return alone > 2 * feeds || sample.Count('\r') - sample.Count("\r\n") > 2 * sample.Count('\n');
    }
}
