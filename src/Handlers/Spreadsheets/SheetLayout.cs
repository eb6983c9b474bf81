using System.Globalization;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Which rows and columns of a sheet its table is made of.</summary>
/// <param name="Header">Where the header stands.</param>
/// <param name="Columns">The sheet's column, 0 for A, of each of the table's.</param>
/// <param name="Labels">A name for each of them.</param>
/// <param name="Decisions">How it was found.</param>
internal sealed record SheetLayout(SheetHeader Header, IReadOnlyList<int> Columns, IReadOnlyList<string> Labels, IReadOnlyList<ReadDecision> Decisions)
{
    /// <summary>Finds the table of a sheet.</summary>
    /// <param name="reader">At the sheet's beginning; not to be used afterwards.</param>
    /// <param name="options">What a person knows better.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when the sheet holds nothing.</returns>
    public static async ValueTask<SheetLayout?> FindAsync(ISheetReader reader, ReadOptions options, CancellationToken cancellationToken)
    {
        var sample = await SheetSample.ReadAsync(reader, options.HeaderRow ?? 0, cancellationToken);
        if (sample.Rows.Count == 0)
        {
            return null;
        }

        // The whole sheet is looked through only where its first rows leave a doubt: it takes half as long as reading it.
        var header = SheetHeader.Sniff(sample, options);
        var used = new List<bool>();
        if (!sample.IsWhole && (reader.Width != (sample.FirstColumn, sample.LastColumn) || header.MayBeMerged(sample) || HasGap(sample)))
        {
            await reader.SurveyAsync(used, cancellationToken);
        }

        var merges = reader.HeaderMerges;
        header = header.With(merges, sample, options);
        foreach (var row in sample.Rows.Where(r => r.Number >= header.FirstDataRow))
        {
            Use(used, row.Cells, sample.FirstColumn);
        }

        var (columns, labels) = (new List<int>(), new List<string>());
        for (var column = 0; column < Math.Max(used.Count, sample.LastColumn + 1); column++)
        {
            var label = header.Found ? header.Label(column, merges, sample) : "";
            if (!string.IsNullOrWhiteSpace(label) || (column < used.Count && used[column]))
            {
                columns.Add(column);
                labels.Add(string.IsNullOrWhiteSpace(label) ? $"Column {column + 1}" : label);
            }
        }

        return new SheetLayout(header, columns, labels, [.. Decide(header, sample, options)]);
    }

    private static bool HasGap(SheetSample sample) =>
        Enumerable.Range(sample.FirstColumn, sample.LastColumn - sample.FirstColumn + 1).Any(c => sample.Rows.All(r => sample.Cell(r, c).Length == 0));

    private static void Use(List<bool> used, IReadOnlyList<string> cells, int firstColumn)
    {
        while (used.Count < firstColumn + cells.Count)
        {
            used.Add(false);
        }

        for (var i = 0; i < cells.Count; i++)
        {
            used[firstColumn + i] |= cells[i].Length > 0;
        }
    }

    private static IEnumerable<ReadDecision> Decide(SheetHeader header, SheetSample sample, ReadOptions options)
    {
        var told = options.HeaderRow is not null;
        yield return new ReadDecision(
            "headerRow", header.FirstRow.ToString(CultureInfo.InvariantCulture), told ? 1 : 0.9,
            told ? "The options say so." : header.Found ? "The first row that names all columns of the rows below it." : "No row differs from the rows below it as names do from values.");
        if (header.LastRow > header.FirstRow)
        {
            yield return new ReadDecision(
                "headerRows", (header.LastRow - header.FirstRow + 1).ToString(CultureInfo.InvariantCulture), options.HeaderRows is null ? 0.9 : 1,
                options.HeaderRows is null ? "Merged cells join these rows; a column is called by all of them, from top to bottom." : "The options say so.");
        }

        var top = header.Found ? header.FirstRow : header.FirstDataRow;
        if (sample.Rows[0].Number < top)
        {
            yield return new ReadDecision("preamble", (top - 1).ToString(CultureInfo.InvariantCulture), told ? 1 : 0.9, "Rows above the table are titles or notes and were left out.");
        }
    }
}
