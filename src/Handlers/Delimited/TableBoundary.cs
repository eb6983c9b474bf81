namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Decides, at a row that does not look like the rows before it, whether the table ends there: at another table, or at notes below it.</summary>
/// <param name="header">Of the table that is being read.</param>
internal sealed class TableBoundary(SniffedHeader header)
{
    /// <summary>Rows looked at before deciding.</summary>
    public const int Window = 40;

    /// <summary>After so many looks that found nothing, a change of width alone is no reason to look any more: the file is ragged.</summary>
    private const int MaxVainLooks = 200;

    private static readonly string[] NoteWords = ["note", "notes", "source", "sources", "total", "grand total", "sum", "summe", "gesamt", "quelle", "hinweis", "fuente", "nota", "©", "*", "(", "[", "page", "end of", "generated", "exported", "printed", "copyright", "disclaimer", "legend", "key:", "---", "==="];

    private int _looks;
    private int _cells = header.CellsPerRow;

    /// <summary>True when the rows from here on are worth a look.</summary>
    /// <param name="cells">Cells of the row.</param>
    /// <param name="afterGap">It follows a blank line or a row of empty cells.</param>
    /// <param name="repeatsHeader">Its first cell is the label of the first column.</param>
    /// <param name="lonely">Only its first cell holds something.</param>
    public bool IsWorthALook(int cells, bool afterGap, bool repeatsHeader, bool lonely)
    {
        var changed = cells != _cells;
        _cells = cells;
        return (afterGap || repeatsHeader || changed || lonely) && (_looks < MaxVainLooks || (repeatsHeader && !afterGap));
    }

    /// <summary>Looks at the rows ahead.</summary>
    /// <param name="rows">The current row and those after it that hold something.</param>
    /// <param name="whole">They are the last ones of the file.</param>
    public TableEnd Look(IReadOnlyList<SampleRow> rows, bool whole)
    {
        if (RepeatsHeader(rows[0]))
        {
            return new TableEnd(HeaderSniffer.Told(rows, rows[0].Number, 1) with { Confidence = 0.9, Evidence = $"Row {rows[0].Number} repeats the header." }, false);
        }

        if (header.Labels.Count > 1 && whole && rows.All(IsBelow))
        {
            return new TableEnd(null, true);
        }

        if (Next(rows) is { } next)
        {
            return new TableEnd(next, false);
        }

        _looks++;
        return default;
    }

    private bool RepeatsHeader(SampleRow row) =>
        header.Found && header.Labels.Count > 1 && row.UsedWidth == header.Labels.Count
        && Enumerable.Range(0, header.Labels.Count).All(i => row[i] == header.Labels[i]);

    /// <summary>A note or a sum below the table rather than a row of it.</summary>
    private bool IsBelow(SampleRow row)
    {
        var text = row.FirstText;
        if (row.Filled == 1)
        {
            // Without a gap only a line that is written like a note is one: the last row of a table may well be short.
            return row.AfterGap
                ? row.Cells.Count == 1 || IsNote(text) || (text.Contains(' ') && !HeaderVote.IsValue(text))
                : row.Has(0) && (IsNote(text) || (row.Cells.Count == 1 && text.Length > 25 && text.Contains(' ')));
        }

        return row.AfterGap && row.Filled * 2 <= header.Labels.Count && IsNote(text);
    }

    /// <summary>Begins with a word or sign that notes and sums begin with.</summary>
    private static bool IsNote(string text) => Array.Exists(
        NoteWords, w => text.StartsWith(w, StringComparison.OrdinalIgnoreCase) && (!char.IsLetter(w[^1]) || text.Length == w.Length || !char.IsLetter(text[w.Length])));

    /// <summary>The header of a table that begins here, if one does.</summary>
    private SniffedHeader? Next(IReadOnlyList<SampleRow> rows)
    {
        var titles = rows.TakeWhile(r => r.Filled == 1 && r.UsedWidth == 1).Count();
        var block = rows.Skip(titles).ToList();
        if (block.Count < 2)
        {
            return null;
        }

        var gap = block.FindIndex(1, r => r.AfterGap);
        block = gap > 1 ? block[..gap] : block;
        if (block.Count < 2 || titles > 5 || block[0].Cells.Any(HeaderVote.IsValue) || block[0].Filled < 2)
        {
            return null;
        }

        var afterGap = rows[0].AfterGap || block[0].AfterGap;
        var next = HeaderSniffer.Sniff(block);
        var vote = HeaderVote.Of(block[0], block[1..]);
        if (!next.Found || next.Row != block[0].Number || !IsEven(block))
        {
            return null;
        }

        var sameNames = Enumerable.Range(0, next.Labels.Count).Count(i => header.Labels.Contains(next.Labels[i], StringComparer.OrdinalIgnoreCase)) * 2 > next.Labels.Count;
        var sameWidth = block[0].Cells.Count == header.CellsPerRow && next.Labels.Count == header.Labels.Count;
        var namesOverValues = Enumerable.Range(0, Math.Min(header.Typed.Count, block[0].Cells.Count)).Any(i => header.Typed[i] && HeaderVote.IsName(block[0][i]));
        var begins = sameNames || (afterGap
            ? (sameWidth ? namesOverValues && vote.IsSure : namesOverValues || vote.IsSure || titles > 0)
            : !sameWidth && block.Count >= 4 && block[0].Cells.Count == block[1].Cells.Count && vote.IsSure && namesOverValues);
        return begins ? next with { Title = titles == 1 ? rows[0].FirstText : null } : null;
    }

    /// <summary>All rows of a block have nearly the same number of cells.</summary>
    private static bool IsEven(List<SampleRow> block) => block.Count(r => r.Cells.Count == block[1].Cells.Count) * 10 >= block.Count * 8;
}
