namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Finds the header below title lines and notes, in one row or several, or finds that there is none.</summary>
internal static class HeaderSniffer
{
    private const int MaxHeaderRows = 6;

    /// <param name="rows">The first rows of a table that hold something.</param>
    public static SniffedHeader Sniff(IReadOnlyList<SampleRow> rows)
    {
        if (rows.Count == 0)
        {
            return new SniffedHeader(0, 0, 1, [], [], 0, null, 0, "No row holds anything.");
        }

        rows = FirstTable(rows);
        var body = BodyRows(rows);
        var width = body.Max(r => r.UsedWidth);
        var top = Top(rows, body, width);
        var vote = HeaderVote.Of(rows[top], Below(rows, top));
        if (vote.IsHeader)
        {
            return WithHeader(rows, FirstHeaderRow(rows, top), top, body, vote);
        }

        // The first full row is data. The row above may still be a header that names fewer columns.
        return top > 0 && width > 1 && NamesSomeColumns(rows[top - 1], rows[top], width)
            ? WithHeader(rows, top - 1, top - 1, body, HeaderVote.Of(rows[top - 1], Below(rows, top - 1)))
            : WithoutHeader(rows, top, body, vote);
    }

    /// <summary>The header that a person told.</summary>
    /// <param name="rows">The first rows of the table that hold something.</param>
    /// <param name="row">Row number of the header; 0 for none.</param>
    /// <param name="height">How many rows it has, from there down.</param>
    public static SniffedHeader Told(IReadOnlyList<SampleRow> rows, long row, int height)
    {
        const string evidence = "The reading options say so.";
        if (row == 0)
        {
            var all = BodyRows(rows);
            return WithoutHeader(rows, 0, all, default) with { Confidence = 1, Evidence = evidence };
        }

        var header = rows.Where(r => r.Number >= row && r.Number < row + height).ToList();
        var data = rows.Where(r => r.Number >= row + height).ToList();
        var body = BodyRows(data.Count > 0 ? data : header);
        var first = rows.FirstOrDefault(r => r.Number >= row) ?? new SampleRow(row, []);
        return Layout(header.Count > 0 ? header : [first], data, body, rows.FirstOrDefault(r => r.Number < row)) with
        {
            Row = row, Rows = height, FirstDataRow = row + height, Confidence = 1, Evidence = evidence,
        };
    }

    /// <summary>The rows up to the end of a first block that is surely a table, although more rows of another width may follow.</summary>
    private static IReadOnlyList<SampleRow> FirstTable(IReadOnlyList<SampleRow> rows)
    {
        var titles = rows.TakeWhile(r => r.Cells.Count == 1).Count();
        var block = rows.Skip(titles).TakeWhile((r, i) => r.Cells.Count == rows[titles].Cells.Count && (i < 4 || !r.AfterGap)).ToList();
        return block.Count >= 4 && block[0].Cells.All(HeaderVote.IsName) && HeaderVote.Of(block[0], block[1..]).IsSure
            ? [.. rows.Take(titles + block.Count)]
            : rows;
    }

    /// <summary>The rows with the most frequent number of cells.</summary>
    private static List<SampleRow> BodyRows(IReadOnlyList<SampleRow> rows)
    {
        // Single cells above a wider table are titles, however many there are.
        var candidates = rows.Any(r => r.UsedWidth > 1) ? rows.Where(r => r.Cells.Count > 1) : rows;
        var common = candidates.GroupBy(r => r.Cells.Count).OrderByDescending(g => g.Count()).ThenBy(g => g.Min(r => r.Number)).First();
        return [.. common];
    }

    /// <summary>The rows below, as far as they surely belong to the same table: a gap may lead to another one.</summary>
    private static List<SampleRow> Below(IReadOnlyList<SampleRow> rows, int top) =>
        [.. rows.Skip(top + 1).TakeWhile((row, i) => i < 4 || !row.AfterGap)];

    /// <summary>The first row that is neither a title nor a note: it fills most of the table's width.</summary>
    private static int Top(IReadOnlyList<SampleRow> rows, List<SampleRow> body, int width)
    {
        var cells = body[0].Cells.Count;
        var filled = body.Select(r => r.Filled).Order().ElementAt(body.Count / 2);
        var enough = width == 1 ? 1 : Math.Max(2, (Math.Min(filled, width) + 1) / 2);
        for (var i = 0; i < rows.Count; i++)
        {
            var fits = rows[i].Cells.Count == cells || rows[i].UsedWidth == width || IsWiderHeader(rows, i, width);
            if (fits && rows[i].Filled >= enough && !IsTitleOver(rows, i, width))
            {
                return i;
            }
        }

        return rows.TakeWhile(r => r.UsedWidth < width).Count() is var first && first < rows.Count ? first : 0;
    }

    /// <summary>A row wider than most rows names columns that are often empty, unless the row below it is the header.</summary>
    private static bool IsWiderHeader(IReadOnlyList<SampleRow> rows, int i, int width) =>
        rows[i].UsedWidth > width && i + 1 < rows.Count && rows[i].Cells.All(HeaderVote.IsName) && !HeaderVote.Of(rows[i + 1], Below(rows, i + 1)).IsSure;

    /// <summary>A short line such as "Exported by,John" over a table that is much wider.</summary>
    private static bool IsTitleOver(IReadOnlyList<SampleRow> rows, int i, int width) =>
        i + 1 < rows.Count && width >= 4 && rows[i].Filled * 2 <= width && rows[i].UsedWidth == rows[i].Filled && rows[i + 1].Filled >= 2 * rows[i].Filled
        && rows[i + 1].UsedWidth >= width - 1;

    /// <summary>Rows directly above that name groups of columns: they leave the first column free.</summary>
    private static int FirstHeaderRow(IReadOnlyList<SampleRow> rows, int top)
    {
        var full = rows[top];
        while (top > 0 && rows[top - 1] is { Filled: > 0 } above && !above.Has(0) && full.Has(0) && !rows[top].AfterGap
            && above.Cells.Count == rows[top].Cells.Count && above.Filled < full.Filled)
        {
            top--;
        }

        return top;
    }

    private static bool NamesSomeColumns(SampleRow above, SampleRow first, int width) =>
        above.Number + 1 == first.Number && above.Filled > 0 && above.Cells.All(c => !HeaderVote.IsValue(c))
        && (above.Cells.Count == first.Cells.Count || above.Filled >= Math.Max(2, (width + 1) / 2));

    private static SniffedHeader WithoutHeader(IReadOnlyList<SampleRow> rows, int top, List<SampleRow> body, HeaderVote vote)
    {
        // Nothing tells that the last cells of each row are none, although they are empty.
        var width = body[0].Cells.Count;
        var labels = Enumerable.Range(1, width).Select(HeaderLabels.Unnamed).ToList();
        var evidence = $"Row {rows[top].Number} holds values like the rows below it, so no row names the columns.";
        return new SniffedHeader(0, 0, rows[top].Number, labels, TypedColumns(body, width), width, Title(rows, top), Sureness(vote.No, vote.Yes), evidence);
    }

    private static SniffedHeader WithHeader(IReadOnlyList<SampleRow> rows, int first, int top, List<SampleRow> body, HeaderVote vote)
    {
        var height = top - first + 1;
        while (height < MaxHeaderRows && first + height < rows.Count && GoesOn(rows, first, first + height))
        {
            height++;
        }

        var header = rows.Skip(first).Take(height).ToList();
        var last = header[^1];
        var layout = Layout(header, Below(rows, first + height - 1), body, first > 0 ? rows[first - 1] : null);
        var evidence = vote.Yes >= 2 ? $"Row {rows[top].Number} holds names over columns of numbers, dates or addresses."
            : $"Row {rows[top].Number} is the first that fills the columns, and holds texts that do not come back below it.";
        return layout with { Title = Title(rows, first), Confidence = Math.Max(0.5, Sureness(vote.Yes, vote.No)), Evidence = evidence };
    }

    /// <summary>True when a row below a header row goes on naming columns.</summary>
    private static bool GoesOn(IReadOnlyList<SampleRow> rows, int first, int next)
    {
        var (row, above) = (rows[next], rows[next - 1]);
        var below = Below(rows, next);
        if (below.Count == 0 || row.Cells.Any(c => HeaderVote.IsValue(c) && !CellShape.IsYear(c)))
        {
            return false;
        }

        if (row.Cells.SequenceEqual(above.Cells))
        {
            return true;
        }

        var width = Math.Max(row.Cells.Count, above.Cells.Count);
        var typed = TypedColumns(below, width);
        var named = Enumerable.Range(0, width).Count(c => typed[c] && HeaderVote.IsName(row[c]));
        var typedCount = typed.Count(t => t);
        var gapsFilled = Enumerable.Range(0, width).Count(c => row.Has(c) && !above.Has(c));
        var left = Enumerable.Range(0, width).Count(c => !row.Has(c) && above.Has(c) && below.Count(r => r.Has(c)) * 2 > below.Count);
        return (named >= 2 && named * 2 >= typedCount) || (named >= 1 && named == typedCount && (left > 0 || gapsFilled > 0))
            || (named >= 1 && left >= 2) || (gapsFilled >= 2 && left >= 2);
    }

    private static SniffedHeader Layout(List<SampleRow> header, List<SampleRow> data, List<SampleRow> body, SampleRow? above)
    {
        var named = HeaderLabels.Join(header);
        var used = named.Count - named.Reverse().TakeWhile(string.IsNullOrWhiteSpace).Count();

        // Nearly every row is wider than the header: its last columns have no name. A single wide row among others is a faulty row instead.
        var wider = data.Where(r => r.UsedWidth > named.Count).ToList();
        var width = wider.Count > 0 && wider.Count * 10 >= data.Count * 8
            ? wider.GroupBy(r => r.UsedWidth).OrderByDescending(g => g.Count()).First().Key
            : Math.Max(used, Math.Min(named.Count, data.Select(r => r.UsedWidth).DefaultIfEmpty(0).Max()));
        var labels = Enumerable.Range(0, width)
            .Select(i => i < named.Count && !string.IsNullOrWhiteSpace(named[i]) ? named[i] : HeaderLabels.Unnamed(i + 1))
            .ToList();
        var last = header[^1].Number;
        return new SniffedHeader(
            header[0].Number, (int)(last - header[0].Number) + 1, last + 1, labels, TypedColumns(data, width), body[0].Cells.Count, above?.FirstText, 0.5, string.Empty);
    }

    private static List<bool> TypedColumns(IReadOnlyList<SampleRow> rows, int width) =>
        [.. Enumerable.Range(0, width).Select(c => HeaderVote.IsTyped(rows.Select(r => r[c])))];

    private static string? Title(IReadOnlyList<SampleRow> rows, int first) => first == 1 && rows[0].Filled == 1 ? rows[0].FirstText : null;

    private static double Sureness(int on, int against) => Math.Round((on + 1.0) / (on + against + 1.5), 2);
}
