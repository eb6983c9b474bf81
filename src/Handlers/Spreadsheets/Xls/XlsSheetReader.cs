using System.Collections;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xls;

/// <summary>Reads the rows of a sheet from its records.</summary>
/// <param name="records">At the sheet's beginning.</param>
/// <param name="order">Places of its records by rows; null when they stand in that order.</param>
/// <param name="end">Where the sheet ends at the latest, for the progress.</param>
/// <param name="name">The sheet's name, for messages.</param>
/// <param name="cells">Turns records into cells.</param>
internal sealed class XlsSheetReader(BiffRecords records, IReadOnlyList<long>? order, long end, string name, XlsCells cells) : ISheetReader
{
    private const int MaxRows = 65536;
    private const int HiddenAt = 12;
    private const int HiddenBit = 0x20;
    private const int RangeLength = 8;
    private const int LongDimensions = 12;
    private const int RowsAtOnce = 1024;

    private readonly long _start = records.Position;
    private readonly BitArray _hidden = new(MaxRows);
    private readonly List<MergedRange> _headerMerges = [];
    private int _depth;
    private int _next;
    private bool _held;
    private bool _ended;
    private int? _textColumn;
    private long _lastRow;

    public (int First, int Last)? Width { get; private set; }

    public IReadOnlyList<MergedRange> HeaderMerges => _headerMerges;

    public long Merges { get; private set; }

    public long HiddenRows { get; private set; }

    public double Progress => order is not null ? (double)_next / order.Count : Math.Clamp((double)(records.Position - _start) / Math.Max(1, end - _start), 0, 1);

    public ValueTask<bool> ReadAsync(SheetRow row, CancellationToken cancellationToken)
    {
        while (Next(row))
        {
            if (row.Number % RowsAtOnce == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (row.HasContent || row.Refusal is not null)
            {
                HiddenRows += row.Number <= MaxRows && _hidden[(int)row.Number - 1] ? 1 : 0;
                return ValueTask.FromResult(true);
            }
        }

        return ValueTask.FromResult(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Gathers the cells of the next row: it ends before the first cell of another.</summary>
    private bool Next(SheetRow row)
    {
        var open = false;
        while (!_ended && (_held || Read()))
        {
            _held = false;
            if (XlsCells.Are(records.Id) && _depth == 1)
            {
                var number = records.Small(0) + 1;
                if (open && number != row.Number)
                {
                    _held = true;
                    return true;
                }

                if (!open)
                {
                    open = true;
                    row.Clear(number);
                    _lastRow = number;
                }

                var column = records.Small(2);
                _textColumn = cells.Add(row, records) ? null : column;
            }
            else if (records.Id == BiffRecord.TextResult && open && _textColumn is { } column)
            {
                _textColumn = null;
                cells.TextResult(row, column, records);
            }
            else
            {
                Other();
            }
        }

        return open;
    }

    private bool Read() => Move()
        ? true
        : throw new UnreadableFileException($"The sheet '{name}' is cut off behind row {_lastRow}. Upload the file again; if that does not help, get it again from where it came from.");

    private bool Move()
    {
        if (order is not null)
        {
            if (_next == order.Count)
            {
                return false;
            }

            records.Seek(order[_next++]);
        }

        return records.Read();
    }

    private void Other()
    {
        switch (records.Id)
        {
            case BiffRecord.Begin:
                // A chart inside the sheet has records of its own.
                _depth++;
                break;
            case BiffRecord.End:
                _ended = --_depth <= 0;
                break;
            case BiffRecord.Row when _depth == 1:
                _hidden[records.Small(0)] = (records.Number(HiddenAt) & HiddenBit) != 0;
                break;
            case BiffRecord.Dimensions when _depth == 1:
                var at = records.Data.Length >= LongDimensions ? 8 : 4;
                Width = (records.Small(at), records.Small(at + 2) - 1);
                break;
            case BiffRecord.MergedCells when _depth == 1:
                Merge();
                break;
        }
    }

    private void Merge()
    {
        for (var at = sizeof(ushort); at + RangeLength <= records.Data.Length; at += RangeLength)
        {
            Merges++;
            if (records.Small(at) < SheetHeader.MaxRow && _headerMerges.Count < SheetHeader.MaxMerges)
            {
                _headerMerges.Add(new MergedRange(records.Small(at) + 1, records.Small(at + 2) + 1, records.Small(at + 4), records.Small(at + 6)));
            }
        }
    }
}
