using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Spreadsheets.Package;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsb;

/// <summary>Reads the rows of a sheet from its records.</summary>
/// <param name="part">The sheet's part; disposed with this reader.</param>
/// <param name="length">Its unpacked bytes, for the progress.</param>
/// <param name="name">The sheet's name, for messages.</param>
/// <param name="cells">Turns cells into text.</param>
internal sealed class XlsbSheetReader(PartBuffer part, long length, string name, XlsbCells cells) : ISheetReader
{
    private const int HiddenAt = 11;
    private const int HiddenBit = 0x10;

    private readonly List<MergedRange> _headerMerges = [];
    private bool _inRow;
    private bool _hidden;
    private bool _ended;
    private int _column;
    private long _lastRow;

    public (int First, int Last)? Width { get; private set; }

    public IReadOnlyList<MergedRange> HeaderMerges => _headerMerges;

    public long Merges { get; private set; }

    public long HiddenRows { get; private set; }

    public double Progress => length <= 0 ? 0 : Math.Min(1, (double)part.Count / length);

    public async ValueTask<bool> ReadAsync(SheetRow row, CancellationToken cancellationToken)
    {
        while (!Next(row, null))
        {
            if (_ended || !await part.FillAsync(cancellationToken))
            {
                await FinishAsync(cancellationToken);
                return false;
            }
        }

        HiddenRows += _hidden ? 1 : 0;
        return true;
    }

    public async ValueTask SurveyAsync(List<bool> used, CancellationToken cancellationToken)
    {
        while (Next(null, used) || (!_ended && await part.FillAsync(cancellationToken)))
        {
        }

        await FinishAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => part.DisposeAsync();

    private async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        if (!_ended)
        {
            throw new UnreadableFileException($"The sheet '{name}' is cut off behind row {_lastRow}: its part {part.Name} does not end as it should. Upload the file again; if that does not help, get it again from where it came from.");
        }

        await part.DrainAsync(cancellationToken);
    }

    /// <summary>Moves on until a row with content is whole: the record behind it is looked at and left for the next call.</summary>
    private bool Next(SheetRow? row, List<bool>? used)
    {
        var record = new XlsbRecords(part);
        while (!_ended && record.Read())
        {
            if (record.Id is XlsbRecord.Row or XlsbRecord.EndRows)
            {
                var whole = _inRow && row is { HasContent: true } or { Refusal: not null };
                _inRow = false;
                if (whole)
                {
                    return true;
                }
            }

            Take(record, row, used);
            record.Pass();
        }

        return false;
    }

    private void Take(XlsbRecords record, SheetRow? row, List<bool>? used)
    {
        switch (record.Id)
        {
            case XlsbRecord.Row:
                _inRow = true;
                _hidden = (record.Byte(HiddenAt) & HiddenBit) != 0;
                _column = 0;
                _lastRow = record.Number(0) + 1L;
                row?.Clear(_lastRow);
                break;
            case XlsbRecord.Dimension:
                Width = ((int)record.Number(8), (int)record.Number(12));
                break;
            case XlsbRecord.MergedCells:
                Merges++;
                if (record.Number(0) < SheetHeader.MaxRow && _headerMerges.Count < SheetHeader.MaxMerges)
                {
                    _headerMerges.Add(new MergedRange(record.Number(0) + 1, record.Number(4) + 1, (int)record.Number(8), (int)record.Number(12)));
                }

                break;
            case XlsbRecord.EndSheet:
                _ended = true;
                break;
            case (>= XlsbRecord.BlankCell and <= XlsbRecord.LastShortCell) or XlsbRecord.RichTextCell when _inRow:
                Cell(record, row, used);
                break;
        }
    }

    private void Cell(XlsbRecords record, SheetRow? row, List<bool>? used)
    {
        var (id, at) = (record.Id, 0);
        if (id is >= XlsbRecord.FirstShortCell and <= XlsbRecord.LastShortCell)
        {
            id -= XlsbRecord.FirstShortCell - XlsbRecord.BlankCell;
        }
        else
        {
            _column = (int)Math.Min(record.Number(0), int.MaxValue - 1);
            at = sizeof(uint);
        }

        if (_column >= CellName.MaxColumns)
        {
            row?.Refuse($"row {row.Number} has a cell beyond the {CellName.MaxColumns:N0} columns a sheet can have");
        }
        else if (row is not null)
        {
            cells.Add(row, _column, id, record, at);
        }
        else if (id != XlsbRecord.BlankCell)
        {
            while (used!.Count <= _column)
            {
                used.Add(false);
            }

            used[_column] = true;
        }

        _column++;
    }
}
