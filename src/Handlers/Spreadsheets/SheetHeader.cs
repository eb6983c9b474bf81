using Flatfile.Agent.Handlers.Delimited;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Where the header of a sheet stands: one row, or several where merged cells or a person say so.</summary>
/// <param name="FirstRow">Its first row's number; 0 when there is none.</param>
/// <param name="LastRow">Its last row's number; 0 when there is none.</param>
/// <param name="FirstDataRow">Rows before it are titles, notes or the header.</param>
internal sealed record SheetHeader(long FirstRow, long LastRow, long FirstDataRow)
{
    /// <summary>Merged ranges below this row are not looked at: no header stands there.</summary>
    public const long MaxRow = 2000;

    /// <summary>More merged ranges than these are not looked at.</summary>
    public const int MaxMerges = 10_000;

    private const int MaxRows = 5;

    public bool Found => FirstRow > 0;

    /// <summary>Finds the row with the names of the columns, without a look at merged cells.</summary>
    public static SheetHeader Sniff(SheetSample sample, ReadOptions options)
    {
        if (options.HeaderRow is { } given)
        {
            var last = given + Math.Max(1, options.HeaderRows ?? 1) - 1;
            return given <= 0 ? new SheetHeader(0, 0, sample.Rows.Count > 0 ? sample.Rows[0].Number : 1) : new SheetHeader(given, last, last + 1);
        }

        var header = HeaderSniffer.Sniff(sample.Rows);
        return header.Found ? new SheetHeader(header.Row, header.Row, header.Row + 1) : new SheetHeader(0, 0, header.FirstDataRow);
    }

    /// <summary>True when cells around the header are empty as they are under merged ones.</summary>
    public bool MayBeMerged(SheetSample sample)
    {
        if (!Found || Row(sample, LastRow) is not { } header)
        {
            return false;
        }

        return Row(sample, FirstRow - 1) is not null || header.Filled < header.UsedWidth || header.UsedWidth + sample.FirstColumn <= sample.LastColumn;
    }

    /// <summary>The header with the rows that merged cells add to it.</summary>
    public SheetHeader With(IReadOnlyList<MergedRange> merges, SheetSample sample, ReadOptions options)
    {
        if (!Found || merges.Count == 0)
        {
            return Tall(options);
        }

        var (top, bottom) = (FirstRow, LastRow);
        while (options.HeaderRow is null && bottom - top < MaxRows && Row(sample, top - 1) is { } above && Groups(above, top, merges, sample))
        {
            top--;
        }

        var reach = merges.Where(m => m.FirstRow >= top && m.FirstRow <= bottom).Select(m => m.LastRow).DefaultIfEmpty(0).Max();
        if (reach > bottom && reach - top < MaxRows)
        {
            bottom = reach;
        }
        else if (merges.Any(m => m.FirstRow == bottom && m.FirstColumn < m.LastColumn && !IsWide(m, sample) && Names(sample, bottom + 1, m)))
        {
            bottom++;
        }

        return options is { HeaderRow: not null, HeaderRows: not null } ? this : new SheetHeader(top, bottom, bottom + 1).Tall(options);
    }

    /// <summary>The name of a column: what the header's rows say of it, from top to bottom; empty when they say nothing.</summary>
    public string Label(int column, IReadOnlyList<MergedRange> merges, SheetSample sample)
    {
        if (FirstRow == LastRow)
        {
            return Row(sample, FirstRow) is { } only ? sample.Cell(only, column) : "";
        }

        var texts = new List<string>();
        for (var number = FirstRow; number <= LastRow; number++)
        {
            var text = Text(number, column, merges, sample).Trim();
            if (text.Length > 0 && (texts.Count == 0 || texts[^1] != text))
            {
                texts.Add(text);
            }
        }

        return string.Join(' ', texts);
    }

    private SheetHeader Tall(ReadOptions options) =>
        Found && options is { HeaderRow: null, HeaderRows: > 0 and var rows } ? new SheetHeader(FirstRow, FirstRow + rows - 1, FirstRow + rows) : this;

    private string Text(long number, int column, IReadOnlyList<MergedRange> merges, SheetSample sample)
    {
        foreach (var merge in merges)
        {
            if (number >= merge.FirstRow && number <= merge.LastRow && column >= merge.FirstColumn && column <= merge.LastColumn && merge.FirstRow >= FirstRow)
            {
                (number, column) = (merge.FirstRow, merge.FirstColumn);
                break;
            }
        }

        return Row(sample, number) is { } row ? sample.Cell(row, column) : "";
    }

    /// <summary>True when a row names groups of the columns below it. A lone text over columns from the first on is a title.</summary>
    private static bool Groups(SampleRow above, long top, IReadOnlyList<MergedRange> merges, SheetSample sample) =>
        merges.Any(m => m.FirstRow <= above.Number && m.LastRow >= above.Number
            && (m.LastRow >= top
                || (m.FirstColumn < m.LastColumn && !IsWide(m, sample) && (above.Filled > 1 || m.FirstColumn > sample.FirstColumn))));

    private static bool IsWide(MergedRange merge, SheetSample sample) => merge.FirstColumn <= sample.FirstColumn && merge.LastColumn >= sample.LastColumn;

    /// <summary>True when a row has a text, which is no number, under every column of a merged cell.</summary>
    private static bool Names(SheetSample sample, long number, MergedRange merge) =>
        Row(sample, number) is { } row
        && Enumerable.Range(merge.FirstColumn, merge.LastColumn - merge.FirstColumn + 1)
            .All(c => sample.Cell(row, c) is { Length: > 0 } text && !CellShape.IsNumber(text) && !CellShape.IsDate(text));

    private static SampleRow? Row(SheetSample sample, long number) => sample.Rows.FirstOrDefault(r => r.Number == number);
}
