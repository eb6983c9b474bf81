namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Finds the header row below title lines and notes, or finds that there is none.</summary>
internal static class HeaderSniffer
{
    /// <param name="rows">The first rows of the file that are not blank.</param>
    public static SniffedHeader Sniff(IReadOnlyList<SampleRow> rows)
    {
        if (rows.Count == 0)
        {
            return new SniffedHeader(0, 1, []);
        }

        var width = TableWidth(rows);
        var top = 0;
        while (rows[top].UsedWidth < width)
        {
            top++;
        }

        if (!IsHeader(rows, top))
        {
            // The first full row is data. The row above may still be a header that names fewer columns.
            top = top > 0 && width > 1 && NamesSomeColumns(rows[top - 1], rows[top], width) ? top - 1 : -1;
        }

        return top < 0 ? WithoutHeader(rows, width) : WithHeader(rows, top);
    }

    /// <summary>The used width of the rows that share the most frequent number of cells.</summary>
    private static int TableWidth(IReadOnlyList<SampleRow> rows)
    {
        // Single cells above a wider table are titles, however many there are.
        var candidates = rows.Any(r => r.UsedWidth > 1) ? rows.Where(r => r.Cells.Count > 1) : rows;
        var common = candidates.GroupBy(r => r.Cells.Count).OrderByDescending(g => g.Count()).ThenBy(g => g.Min(r => r.Number)).First();
        return common.Max(r => r.UsedWidth);
    }

    private static bool IsHeader(IReadOnlyList<SampleRow> rows, int top)
    {
        var header = rows[top];
        var (yes, no) = (0, 0);
        for (var column = 0; column < header.Cells.Count; column++)
        {
            var name = header.Cells[column];
            if (string.IsNullOrWhiteSpace(name))
            {
                continue;
            }

            var below = rows.Skip(top + 1).Where(r => column < r.Cells.Count).Select(r => r.Cells[column])
                .Where(c => !string.IsNullOrWhiteSpace(c)).ToList();
            var vote = Vote(name, below);
            yes += Math.Max(vote, 0);
            no += Math.Max(-vote, 0);
        }

        // A text that comes back once in its column is no proof: a column "Other" may hold "Other".
        return yes >= no || no < 2;
    }

    /// <summary>Positive when the cell differs from its column as a name does from values, negative when it is one of them; 2 is sure, 1 a hint.</summary>
    private static int Vote(string name, List<string> below)
    {
        if (CellShape.IsYear(name) && !below.All(c => CellShape.IsYear(c)))
        {
            return 0;
        }

        var isValue = IsNumberOrDate(name);
        if (below.Count == 0)
        {
            return isValue ? -2 : 0;
        }

        var valuesBelow = below.Count(IsNumberOrDate);
        if (isValue)
        {
            return valuesBelow * 2 >= below.Count ? -2 : 0;
        }

        return valuesBelow * 10 >= below.Count * 8 ? 2 : below.Contains(name, StringComparer.Ordinal) ? -1 : 0;
    }

    private static bool NamesSomeColumns(SampleRow above, SampleRow first, int width) =>
        above.Number + 1 == first.Number && above.Filled > 0 && above.Cells.All(c => !IsNumberOrDate(c))
        && (above.Cells.Count == first.Cells.Count || above.Filled >= Math.Max(2, (width + 1) / 2));

    private static bool IsNumberOrDate(string cell) => CellShape.IsNumber(cell) || CellShape.IsDate(cell);

    private static SniffedHeader WithoutHeader(IReadOnlyList<SampleRow> rows, int width)
    {
        var labels = Enumerable.Range(1, width).Select(Unnamed).ToList();
        return new SniffedHeader(0, rows.First(r => r.UsedWidth >= width).Number, labels);
    }

    private static SniffedHeader WithHeader(IReadOnlyList<SampleRow> rows, int top)
    {
        var header = rows[top];
        var data = rows.Skip(top + 1).ToList();

        // Nearly every row is wider than the header: its last columns have no name. A single wide row is a faulty row instead.
        var wider = data.Where(r => r.UsedWidth > header.Cells.Count).ToList();
        var width = data.Count >= 3 && wider.Count * 10 >= data.Count * 8
            ? wider.GroupBy(r => r.UsedWidth).OrderByDescending(g => g.Count()).First().Key
            : Math.Max(header.UsedWidth, Math.Min(header.Cells.Count, data.Select(r => r.UsedWidth).DefaultIfEmpty(0).Max()));
        var labels = Enumerable.Range(0, width)
            .Select(i => i < header.Cells.Count && !string.IsNullOrWhiteSpace(header.Cells[i]) ? header.Cells[i] : Unnamed(i + 1))
            .ToList();
        return new SniffedHeader(header.Number, header.Number + 1, labels);
    }

    private static string Unnamed(int position) => $"Column {position}";
}
