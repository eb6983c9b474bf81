using System.Globalization;
using Flatfile.Agent.Handlers.Delimited;

namespace Flatfile.Agent.Handlers.Reading;

/// <summary>The header of a table whose rows are bare cells: as the options say, else as its first rows look.</summary>
/// <param name="Labels">One per column.</param>
/// <param name="FirstDataRow">Rows before it are the header or stand above it.</param>
/// <param name="Decisions">How it was found, and what stands above it; none when the kind of file names its columns itself.</param>
internal sealed record HeaderChoice(IReadOnlyList<string> Labels, long FirstDataRow, IReadOnlyList<ReadDecision> Decisions)
{
    /// <param name="sample">The first rows that are not blank, with their numbers.</param>
    /// <param name="width">Columns of the widest row of the whole table.</param>
    /// <param name="options">May name the header's rows.</param>
    /// <exception cref="UnreadableFileException">The options name a row that is not there.</exception>
    public static HeaderChoice Of(IReadOnlyList<SampleRow> sample, int width, ReadOptions options)
    {
        if (options.HeaderRow is { } asked)
        {
            return Asked(sample, width, asked, options.HeaderRows ?? 1);
        }

        var header = HeaderSniffer.Sniff(sample);
        List<ReadDecision> decisions = [new("headerRow", Text(header.Row), header.Confidence, header.Evidence) { IsNotable = !header.Found }];
        if (header.Rows > 1)
        {
            decisions.Add(new ReadDecision("headerRows", Text(header.Rows), header.Confidence, "The rows below its first one go on naming columns."));
        }

        decisions.AddRange(Above(sample, header.Found ? header.Row : header.FirstDataRow));
        return new HeaderChoice(Widened(header.Labels, width), header.FirstDataRow, decisions);
    }

    /// <summary>A header of rows the file itself marks as such.</summary>
    /// <param name="rows">The header's rows, each filled where one cell spans several columns.</param>
    /// <param name="firstDataRow">The row behind them.</param>
    /// <param name="width">Columns of the widest row of the whole table.</param>
    /// <param name="decision">How it was found.</param>
    public static HeaderChoice Marked(IReadOnlyList<SampleRow> rows, long firstDataRow, int width, ReadDecision decision) =>
        new(Joined(rows, width), firstDataRow, [decision]);

    private static HeaderChoice Asked(IReadOnlyList<SampleRow> sample, int width, int row, int rows)
    {
        var decision = new ReadDecision("headerRow", Text(row), 1, "The reading option 'headerRow' says so.");
        if (row == 0)
        {
            return new HeaderChoice(Widened([], width), 1, [decision]);
        }

        var header = sample.Where(r => r.Number >= row && r.Number < row + rows).ToList();
        if (row < 0 || rows < 1 || header.Count == 0)
        {
            throw new UnreadableFileException(
                $"The reading option 'headerRow' is {Text(row)}, but there is no such row among the first {sample.Count} rows of the table. Give the number of the row with the column names; the first is 1, and 0 means that there is none.");
        }

        return new HeaderChoice(Joined(header, width), row + rows, [decision, .. Above(sample, row)]);
    }

    /// <summary>Rows above the header are titles or notes: they are no data, but a person is told of them.</summary>
    private static IEnumerable<ReadDecision> Above(IReadOnlyList<SampleRow> sample, long row)
    {
        var rows = sample.Where(r => r.Number < row).ToList();
        if (rows.Count == 0)
        {
            yield break;
        }

        var passed = new PassedRows(rows[0].Number, rows[^1].Number, [.. rows.Select(r => string.Join(' ', r.Cells.Where(c => !string.IsNullOrWhiteSpace(c))))]);
        yield return new ReadDecision("preamble", passed.Range, 0.9, $"{passed.Named} above the table and {passed.Were} left out: {passed.Quote()}.") { IsNotable = true };
    }

    private static List<string> Joined(IReadOnlyList<SampleRow> rows, int width)
    {
        var labels = new List<string>();
        for (var column = 0; column < Math.Max(width, rows.Max(r => r.UsedWidth)); column++)
        {
            var parts = rows.Where(r => column < r.Cells.Count).Select(r => r.Cells[column].Trim()).Where(c => c.Length > 0).Distinct();
            labels.Add(string.Join(' ', parts));
        }

        return Widened(labels, width);
    }

    private static List<string> Widened(IReadOnlyList<string> labels, int width)
    {
        var widened = new List<string>();
        for (var i = 0; i < Math.Max(width, labels.Count); i++)
        {
            widened.Add(i < labels.Count && !string.IsNullOrWhiteSpace(labels[i]) ? labels[i] : $"Column {Text(i + 1)}");
        }

        return widened;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
