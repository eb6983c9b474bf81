namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>A text that may divide cells, and how likely it is to before the sample is read with it.</summary>
/// <param name="Text">Between cells.</param>
/// <param name="Weight">1 for the usual ones.</param>
/// <param name="Runs">Several in a row are one.</param>
internal sealed record DelimiterCandidate(string Text, double Weight, bool Runs = false)
{
    private const int MaxColumns = 64;

    /// <summary>One of those that nearly all files are written with.</summary>
    public bool IsUsual => Text is "," or ";" or "\t" or "|";

    /// <summary>True when a sample that reads well with it is not better explained by prose, times or addresses.</summary>
    public bool Accepts(Dialect dialect, DialectScore score, ReadOnlySpan<char> sample) => Text switch
    {
        "," or ";" or "\t" or "|" => true,
        " " when score.Quoted > score.Rows && score.Faults == 0 => true,
        " " => score.Consistency > 0.6 && (score.Quoted > 0 || HasNumbers(dialect, sample)),
        ":" => score.Consistency > 0.9 && !LooksLikeTimesOrAddresses(dialect, sample),
        { Length: > 1 } => score.Consistency > 0.9 && score.Rows > 1,
        _ => score.Consistency > 0.6 && score.Rows > 1,
    };

    /// <summary>At least one column holds numbers or dates in most of the first rows, and they are more than a date and its time.</summary>
    private static bool HasNumbers(Dialect dialect, ReadOnlySpan<char> sample)
    {
        var scanner = new RecordScanner(dialect);
        var counts = new int[MaxColumns];
        var (rows, moments) = (0, 0);
        for (; rows < 50 && !sample.IsEmpty && scanner.Scan(sample, final: true); rows++)
        {
            for (var i = 0; i < Math.Min(MaxColumns, scanner.Count); i++)
            {
                var cell = scanner.Content(sample, i);
                counts[i] += CellShape.IsNumber(cell) || CellShape.IsDate(cell) ? 1 : 0;
            }

            moments += scanner.Count == 2 && CellShape.IsDate(scanner.Content(sample, 0)) && scanner.Content(sample, 1).Contains(':') ? 1 : 0;

            sample = sample[scanner.Length..];
        }

        return counts.Max() * 2 > rows && moments * 2 < rows;
    }

    /// <summary>10:30 and https://… read as two cells each, and are none.</summary>
    private static bool LooksLikeTimesOrAddresses(Dialect dialect, ReadOnlySpan<char> sample)
    {
        var scanner = new RecordScanner(dialect);
        for (var rows = 0; rows < 20 && !sample.IsEmpty && scanner.Scan(sample, final: true); rows++)
        {
            var numbers = 0;
            for (var i = 0; i < scanner.Count; i++)
            {
                var cell = scanner.Content(sample, i);
                if (cell.StartsWith("//"))
                {
                    return true;
                }

                numbers += cell.Trim() is { Length: 2 } two && char.IsAsciiDigit(two[0]) && char.IsAsciiDigit(two[1]) ? 1 : 0;
            }

            if (numbers > 1 || (numbers == 1 && scanner.Count == 2))
            {
                return true;
            }

            sample = sample[scanner.Length..];
        }

        return false;
    }
}
