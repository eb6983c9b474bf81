using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xls;

/// <summary>The places of a sheet's records in the order of their rows, for the few programs that write a sheet column by column.</summary>
internal static class RecordOrder
{
    private const int MaxRecords = 4_000_000;
    private const int BeforeRows = -1;

    /// <summary>Looks through a sheet.</summary>
    /// <param name="records">At the sheet's beginning; left somewhere.</param>
    /// <returns>Null when the cells stand row by row, as they should.</returns>
    /// <exception cref="UnreadableFileException">They do not, and there are too many to put them in order.</exception>
    public static IReadOnlyList<long>? Of(BiffRecords records)
    {
        var start = records.Position;
        if (IsOrdered(records))
        {
            return null;
        }

        records.Seek(start);
        var places = new List<(int Row, long Place)>();
        var (depth, row) = (0, BeforeRows);
        for (var place = records.Position; records.Read(); place = records.Position)
        {
            depth += Depth(records.Id);
            if (depth <= 0)
            {
                places.Add((int.MaxValue, place));
                break;
            }

            var isCell = depth == 1 && XlsCells.Are(records.Id);
            row = isCell ? records.Small(0) : row;
            if (depth == 1 && records.Id != BiffRecord.End)
            {
                places.Add((isCell || records.Id == BiffRecord.TextResult ? row : BeforeRows, place));
            }

            if (places.Count > MaxRecords)
            {
                throw new UnreadableFileException("A sheet of this workbook does not hold its cells row by row, and is too large to be put in order. Open the file in a spreadsheet program, save it as XLSX, and upload that.");
            }
        }

        return [.. places.OrderBy(p => p.Row).Select(p => p.Place)];
    }

    private static bool IsOrdered(BiffRecords records)
    {
        var (depth, last) = (0, 0);
        while (records.Read())
        {
            depth += Depth(records.Id);
            if (depth <= 0)
            {
                break;
            }

            if (depth == 1 && XlsCells.Are(records.Id))
            {
                var row = records.Small(0);
                if (row < last)
                {
                    return false;
                }

                last = row;
            }
        }

        return true;
    }

    private static int Depth(int id) => id switch { BiffRecord.Begin => 1, BiffRecord.End => -1, _ => 0 };
}
