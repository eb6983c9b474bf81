namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>How well a sample reads in a dialect.</summary>
/// <param name="Value">0 to 1; the higher, the better.</param>
/// <param name="Consistency">0 to 1; 1 when all rows have one width.</param>
/// <param name="Width">The most frequent number of cells among rows with several.</param>
/// <param name="Rows">Rows of that width.</param>
/// <param name="Quoted">Quoted cells.</param>
/// <param name="Faults">Rows with a quote that does not fit.</param>
/// <param name="Blanks">Share of the cells behind a delimiter that begin with a blank, of those not empty.</param>
internal readonly record struct DialectScore(double Value, double Consistency, int Width, int Rows, int Quoted, int Faults, double Blanks)
{
    public static DialectScore Of(Dialect dialect, ReadOnlySpan<char> sample, bool whole)
    {
        var rows = DialectRows.Read(dialect, sample, whole);
        if (rows.Rows.Count == 0)
        {
            return default;
        }

        var total = (double)rows.Rows.Sum(r => r.Weight);
        var widths = rows.Rows.Where(r => r.Width > 1).GroupBy(r => r.Width)
            .Select(g => (Width: g.Key, Share: g.Sum(r => r.Weight) / total, Count: g.Count(), First: g.Min(r => r.Index)))
            .OrderByDescending(g => g.Share).ThenBy(g => g.First).ToList();
        var quoted = rows.Rows.Sum(r => r.Quoted);
        var faults = rows.Rows.Count(r => r.Faulty);
        if (dialect.Delimiter.Length == 0)
        {
            return new DialectScore((1 - (faults / total)) * rows.Wholeness, 1, 1, rows.Rows.Count, quoted, faults, 0);
        }

        if (widths.Count == 0)
        {
            return default;
        }

        var width = widths[0].Width;
        if (IsOneColumnOfProse(rows.Rows, width) || (dialect.Quote is not ('"' or Dialect.None) && !QuotesAreUsed(dialect, quoted, sample)))
        {
            return new DialectScore(0, 0, width, widths[0].Count, quoted, faults, 0);
        }

        var used = rows.UsedColumns(width);
        var consistency = widths.Sum(w => w.Share * w.Share);
        var breadth = used < 2 ? 0 : used >= 4 ? 1 : (used - 1) / (double)used * 4 / 3;
        var soundness = 1 - (0.5 * faults / total);
        var value = consistency * rows.Wholeness * rows.Wholeness * breadth * soundness;
        return new DialectScore(value, consistency, width, widths[0].Count, quoted, faults, rows.Blanks);
    }

    /// <summary>An apostrophe may be a quote; most of them must then stand around cells.</summary>
    private static bool QuotesAreUsed(Dialect dialect, int quoted, ReadOnlySpan<char> sample) =>
        quoted > 0 && 4 * quoted >= sample.Count(dialect.Quote) + sample.Count("" + dialect.ClosingQuote) - sample.Count(dialect.Quote == dialect.ClosingQuote ? "" + dialect.Quote : "\0\0");

    /// <summary>A one-column header over values such as "Doe, John": the comma belongs to the value.</summary>
    private static bool IsOneColumnOfProse(List<DialectRow> rows, int width) =>
        width == 2 && rows.Count > 1 && rows[0].Width == 1 && rows.Skip(1).Where(r => r.Width == 2).All(r => r.BlankBeforeLast);
}
