using Flatfile.Agent.Handlers.Delimited;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>The first rows of a sheet, from which its header is found.</summary>
/// <param name="Rows">Those with content, each cell at its column's place, counted from <paramref name="FirstColumn"/>.</param>
/// <param name="FirstColumn">The first column that holds something, 0 for A.</param>
/// <param name="LastColumn">The last one.</param>
/// <param name="IsWhole">The sheet has no other rows.</param>
internal sealed record SheetSample(IReadOnlyList<SampleRow> Rows, int FirstColumn, int LastColumn, bool IsWhole)
{
    private const int MaxRows = 200;

    /// <summary>Reads the first rows.</summary>
    /// <param name="reader">At the sheet's beginning; left behind the sample.</param>
    /// <param name="from">Rows before this one are passed over.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<SheetSample> ReadAsync(ISheetReader reader, long from, CancellationToken cancellationToken)
    {
        var row = new SheetRow();
        var rows = new List<(long Number, string[] Cells)>();
        var whole = false;
        while (rows.Count < MaxRows && !(whole = !await reader.ReadAsync(row, cancellationToken)))
        {
            if (row.Number >= from && row.HasContent)
            {
                rows.Add((row.Number, Cells(row)));
            }
        }

        var first = rows.Select(r => Array.FindIndex(r.Cells, c => c.Length > 0)).DefaultIfEmpty(0).Min();
        var last = rows.Select(r => r.Cells.Length - 1).DefaultIfEmpty(-1).Max();
        return new SheetSample([.. rows.Select(r => new SampleRow(r.Number, r.Cells[first..]))], first, last, whole);
    }

    /// <summary>The text of a cell; empty for none.</summary>
    public string Cell(SampleRow row, int column) =>
        column >= FirstColumn && column - FirstColumn < row.Cells.Count ? row.Cells[column - FirstColumn] : "";

    private static string[] Cells(SheetRow row)
    {
        var last = Enumerable.Range(0, row.Count).Max(row.ColumnAt);
        var cells = new string[last + 1];
        Array.Fill(cells, "");
        for (var i = 0; i < row.Count; i++)
        {
            // A cell without a text, such as a formula without its result, is no empty cell.
            var column = row.ColumnAt(i);
            cells[column] = row.Kind(column) == CellKind.Empty ? "?" : row.Text(column).ToString();
        }

        return cells;
    }
}
