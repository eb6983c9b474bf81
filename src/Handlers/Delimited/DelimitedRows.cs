namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Makes sample rows of a text.</summary>
internal static class DelimitedRows
{
    /// <param name="text">Begins with a record.</param>
    /// <param name="whole">No text follows.</param>
    /// <param name="dialect">How to read it.</param>
    /// <param name="first">Row number of the first record.</param>
    /// <param name="afterGap">A blank line stands before the text.</param>
    /// <param name="max">Rows wanted.</param>
    /// <param name="expected">Cells a row should have; 0 when that is not known.</param>
    /// <returns>The first rows that hold something, and whether they are all.</returns>
    public static (List<SampleRow> Rows, bool Whole) Read(ReadOnlySpan<char> text, bool whole, Dialect dialect, long first, bool afterGap, int max, int expected)
    {
        var rows = new List<SampleRow>();
        var scanner = new RecordScanner(dialect);
        for (var number = first; !text.IsEmpty; number++)
        {
            if (rows.Count == max || !scanner.ScanRepairing(text, whole, expected))
            {
                return (rows, false);
            }

            if (HoldsNothing(scanner, text))
            {
                afterGap = true;
            }
            else if (scanner.Fault is QuoteFault.None or QuoteFault.Stray || ReadsWithoutQuote(scanner, text, whole))
            {
                rows.Add(new SampleRow(number, Cells(scanner, text), afterGap));
                afterGap = false;
            }

            text = text[scanner.Length..];
        }

        return (rows, whole);
    }

    /// <summary>True for a blank line and for a record of empty cells.</summary>
    public static bool HoldsNothing(RecordScanner scanner, ReadOnlySpan<char> text)
    {
        for (var i = 0; i < scanner.Count; i++)
        {
            if (scanner.IsQuoted(i) || !scanner.Content(text, i).IsWhiteSpace())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A line whose quote does not fit still has cells to look at; it may be the header.</summary>
    private static bool ReadsWithoutQuote(RecordScanner scanner, ReadOnlySpan<char> text, bool whole)
    {
        var (length, quote) = (scanner.Length, scanner.FaultStart);
        var reads = scanner.Fault == QuoteFault.Broken && quote >= 0 && scanner.Scan(text, whole, quote) && scanner.Length == length && scanner.Fault == QuoteFault.None;
        if (!reads)
        {
            scanner.Scan(text, whole);
        }

        return reads;
    }

    private static List<string> Cells(RecordScanner scanner, ReadOnlySpan<char> text)
    {
        var cells = new List<string>(scanner.Count);
        for (var i = 0; i < scanner.Count; i++)
        {
            cells.Add(scanner.Content(text, i).ToString());
        }

        return cells;
    }
}
