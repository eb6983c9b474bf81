using System.Buffers;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Finds delimiter, quote and line end by reading a sample in every candidate dialect and taking the one that reads best.</summary>
/// <remarks>Best: rows of equal width, cells that look like whole values. Counting characters alone would take the comma of <c>1,5;2,5</c> for a delimiter.</remarks>
internal static class DialectSniffer
{
    /// <summary>What reading every line as one cell is worth; a delimiter must do better.</summary>
    private const double SingleColumn = 0.15;

    private const string Usual = ",;\t|";
    private const string Unusual = ":^~\u0001\u001f";

    /// <param name="sample">The beginning of the text.</param>
    /// <param name="whole">The sample is the whole text.</param>
    /// <param name="extension">Of the file's name, without the dot: a hint, no more.</param>
    public static Dialect Sniff(ReadOnlySpan<char> sample, bool whole, string extension)
    {
        var plain = new Dialect { CarriageReturnEndsLine = CarriageReturnsEndLines(sample) };
        var best = plain;
        var bestScore = SingleColumn;
        foreach (var delimiter in Usual)
        {
            foreach (var candidate in Variants(plain with { Delimiter = delimiter }, sample))
            {
                var score = DialectScore.Of(candidate, sample, whole).Value * Hint(delimiter, extension);
                if (score > bestScore)
                {
                    (best, bestScore) = (candidate, score);
                }
            }
        }

        return bestScore > SingleColumn
            ? best
            : NamedDialect(plain, sample, whole, extension) ?? UnusualDialect(plain, sample, whole) ?? SingleColumnDialect(plain, sample);
    }

    /// <summary>Rows too ragged to speak for themselves: the name of the file and a header-like first row do, and the rows that do not fit are refused one by one.</summary>
    private static Dialect? NamedDialect(Dialect plain, ReadOnlySpan<char> sample, bool whole, string extension)
    {
        var delimiters = extension.ToLowerInvariant() switch
        {
            "csv" => Usual,
            "tsv" or "tab" => "\t",
            "psv" => "|",
            _ => string.Empty,
        };
        foreach (var delimiter in delimiters)
        {
            var candidate = plain with { Delimiter = delimiter };
            if (DialectScore.IsHeaded(candidate, sample, whole))
            {
                return candidate;
            }
        }

        return null;
    }

    private static Dialect? UnusualDialect(Dialect plain, ReadOnlySpan<char> sample, bool whole)
    {
        foreach (var delimiter in Unusual)
        {
            var candidate = plain with { Delimiter = delimiter };
            var score = DialectScore.Of(candidate, sample, whole);
            if (score.IsPerfect && !(delimiter == ':' && LooksLikeTimesOrAddresses(candidate, sample)))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>A delimiter that does not occur, so that no later line is split by surprise.</summary>
    private static Dialect SingleColumnDialect(Dialect plain, ReadOnlySpan<char> sample)
    {
        foreach (var delimiter in Usual)
        {
            if (!sample.Contains(delimiter))
            {
                return plain with { Delimiter = delimiter };
            }
        }

        return plain with { Delimiter = '\u001f' };
    }

    private static IEnumerable<Dialect> Variants(Dialect dialect, ReadOnlySpan<char> sample)
    {
        var variants = new List<Dialect>(4) { dialect };
        if (sample.Contains('\''))
        {
            variants.Add(dialect with { Quote = '\'' });
        }

        foreach (var quote in variants.ToArray())
        {
            if (sample.IndexOf([quote.Delimiter, ' ', quote.Quote]) >= 0)
            {
                variants.Add(quote with { BlanksAroundQuotes = true });
            }
        }

        return variants;
    }

    private static double Hint(char delimiter, string extension) => (extension.ToLowerInvariant(), delimiter) switch
    {
        ("tsv" or "tab", '\t') or ("psv", '|') or ("csv", ',') => 1.1,
        _ => 1,
    };

    private static bool CarriageReturnsEndLines(ReadOnlySpan<char> sample)
    {
        var feeds = sample.Count('\n');
        var alone = sample.Count('\r') - sample.Count("\r\n");
        return alone > 2 * feeds;
    }

    /// <summary>10:30 and https://… read as two cells each, and are none.</summary>
    private static bool LooksLikeTimesOrAddresses(Dialect dialect, ReadOnlySpan<char> sample)
    {
        var scanner = new RecordScanner(dialect);
        scanner.Scan(sample, final: true);
        var digits = SearchValues.Create("0123456789 ");
        for (var i = 0; i < scanner.Count; i++)
        {
            var cell = scanner.Content(sample, i);
            if (cell.StartsWith("//") || (cell.Length > 0 && !cell.ContainsAnyExcept(digits)))
            {
                return true;
            }
        }

        return false;
    }
}
