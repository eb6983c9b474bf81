namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>How well a sample reads in a dialect.</summary>
/// <param name="Value">0 to 1; the higher, the better.</param>
/// <param name="IsPerfect">At least two rows, all of one width above one, all cells whole.</param>
internal readonly record struct DialectScore(double Value, bool IsPerfect)
{
    private const int MaxRows = 1000;

    public static DialectScore Of(Dialect dialect, ReadOnlySpan<char> sample, bool whole)
    {
        var rows = Read(dialect, sample, whole);
        var width = rows.Where(r => r.Width > 1).GroupBy(r => r.Width).OrderByDescending(g => g.Sum(r => r.Weight)).ThenBy(g => g.Min(r => r.Index))
            .Select(g => g.Key).FirstOrDefault();
        if (width == 0)
        {
            return default;
        }

        var first = rows.FindIndex(r => r.Width == width);
        var table = rows[first..];
        var alike = table.Where(r => r.Width == width).ToList();
        var consistency = alike.Sum(r => r.Weight) / (double)table.Sum(r => r.Weight);
        var wholeness = alike.Sum(r => r.WholeCells) / (width * alike.Count);
        if (dialect.Quote == '\'' && !alike.Any(r => r.Quoted))
        {
            return default;
        }

        if (width == 2 && first == 1 && alike.All(r => r.BlankBeforeLast))
        {
            // A one-column header over values such as "Doe, John": the comma belongs to the value.
            return default;
        }

        var preamble = Math.Min(1, alike.Count / (first + 1.0)) * (1 - 0.01 * Math.Min(first, 20));
        var value = consistency * consistency * wholeness * preamble * (width - 1) / width;
        return new DialectScore(value, first == 0 && alike.Count == rows.Count && rows.Count > 1 && wholeness > 0.9);
    }

    /// <summary>The first row reads as a header of several columns, and most rows have more than one cell.</summary>
    public static bool IsHeaded(Dialect dialect, ReadOnlySpan<char> sample, bool whole)
    {
        var rows = Read(dialect, sample, whole);
        return rows.Count > 1 && rows[0] is { Width: > 1, BlankBeforeLast: false } header && header.WholeCells > 0.9 * header.Width
            && 2 * rows.Count(r => r.Width > 1) > rows.Count;
    }

    private static List<Row> Read(Dialect dialect, ReadOnlySpan<char> sample, bool whole)
    {
        var scanner = new RecordScanner(dialect);
        var rows = new List<Row>();
        while (!sample.IsEmpty && rows.Count < MaxRows)
        {
            if (!scanner.Scan(sample, whole))
            {
                // What is left is one open cell; when it has many lines, an apostrophe was taken for a quote.
                if (dialect.Quote == '\'' && sample.Count('\n') is > 3 and var swallowed)
                {
                    rows.Add(new Row(rows.Count, 0, swallowed, 0, false, false));
                }

                break;
            }

            var record = sample[..scanner.Length];
            if (!scanner.IsBlank(record))
            {
                rows.Add(Judge(scanner, record, dialect, rows.Count));
            }

            sample = sample[scanner.Length..];
        }

        return rows;
    }

    private static Row Judge(RecordScanner scanner, ReadOnlySpan<char> record, Dialect dialect, int index)
    {
        if (scanner.Fault is QuoteFault.Broken or QuoteFault.Unclosed)
        {
            return new Row(index, 0, dialect.Quote == '\'' ? 1 + record.Count('\n') : 1, 0, false, false);
        }

        var (wholeCells, quoted) = (0.0, false);
        for (var i = 0; i < scanner.Count; i++)
        {
            quoted |= scanner.IsQuoted(i);
            wholeCells += scanner.IsQuoted(i) ? 1 : CellShape.Wholeness(scanner.Content(record, i), dialect.Delimiter);
        }

        var last = scanner.Content(record, scanner.Count - 1);
        return new Row(index, scanner.Count, 1, wholeCells, quoted, last.StartsWith(" "));
    }

    /// <param name="Index">Position among the rows read.</param>
    /// <param name="Width">Cells; 0 for a row whose quotes are wrong.</param>
    /// <param name="Weight">Lines that a broken row with apostrophes swallowed, else 1.</param>
    /// <param name="WholeCells">Sum over its cells of how much each looks like one value.</param>
    /// <param name="Quoted">At least one cell is quoted.</param>
    /// <param name="BlankBeforeLast">Its last cell begins with a blank.</param>
    private sealed record Row(int Index, int Width, int Weight, double WholeCells, bool Quoted, bool BlankBeforeLast);
}
