namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>The rows of a sample as a dialect reads them, and what their cells look like.</summary>
internal sealed class DialectRows
{
    private const int MaxRows = 1000;

    private readonly Dictionary<int, bool[]> _used = [];
    private double _wholeness;
    private int _cells;
    private int _behind;
    private int _blanks;

    private DialectRows()
    {
    }

    public List<DialectRow> Rows { get; } = [];

    /// <summary>How much the cells look like whole values, 0 to 1.</summary>
    public double Wholeness => _cells == 0 ? 0 : _wholeness / _cells;

    /// <summary>Share of the cells behind a delimiter that begin with a blank, of those not empty.</summary>
    public double Blanks => _behind == 0 ? 0 : (double)_blanks / _behind;

    /// <summary>Columns of rows of a width that hold something in at least one of them.</summary>
    public int UsedColumns(int width) => _used.TryGetValue(width, out var used) ? used.Count(u => u) : 0;

    public static DialectRows Read(Dialect dialect, ReadOnlySpan<char> sample, bool whole)
    {
        var scanner = new RecordScanner(dialect);
        var rows = new DialectRows();
        while (!sample.IsEmpty && rows.Rows.Count < MaxRows)
        {
            if (!scanner.Scan(sample, whole))
            {
                // What is left is one open cell; when it has many lines, the quote is none.
                if (sample.Count('\n') is > 3 and var swallowed)
                {
                    rows.Rows.Add(new DialectRow(rows.Rows.Count, 0, swallowed, 0, true, false));
                }

                break;
            }

            var record = sample[..scanner.Length];
            if (!DelimitedRows.HoldsNothing(scanner, record) && !IsComment(record))
            {
                rows.Add(scanner, record, dialect);
            }

            sample = sample[scanner.Length..];
        }

        return rows;
    }

    private void Add(RecordScanner scanner, ReadOnlySpan<char> record, Dialect dialect)
    {
        if (scanner.Fault is QuoteFault.Broken or QuoteFault.Unclosed)
        {
            Rows.Add(new DialectRow(Rows.Count, 0, 1 + record.Count('\n'), 0, true, false));
            return;
        }

        var quoted = 0;
        var used = Used(scanner.Count);
        for (var i = 0; i < scanner.Count; i++)
        {
            var cell = scanner.Content(record, i);
            quoted += scanner.IsQuoted(i) ? 1 : 0;
            used[i] |= !cell.IsWhiteSpace();
            if (i > 0 && !cell.IsEmpty)
            {
                _behind++;
                _blanks += scanner.HasBlankBefore(record, i) ? 1 : 0;
            }

            if (scanner.Count > 1 || dialect.Delimiter.Length == 0)
            {
                _cells++;
                _wholeness += scanner.IsQuoted(i) ? 1 : CellShape.Wholeness(cell, dialect);
            }
        }

        var last = scanner.Content(record, scanner.Count - 1);
        Rows.Add(new DialectRow(Rows.Count, scanner.Count, 1, quoted, scanner.Fault == QuoteFault.Stray, last.StartsWith(" ")));
    }

    /// <summary>A line that programs write for people; a header may begin with the mark too, but without a blank behind it.</summary>
    private static bool IsComment(ReadOnlySpan<char> record) => record is ['#', ' ' or '#' or '\r' or '\n', ..];

    private bool[] Used(int width)
    {
        if (!_used.TryGetValue(width, out var used))
        {
            _used[width] = used = new bool[width];
        }

        return used;
    }
}
