using System.Buffers;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Reads record after record from a text, in a buffer that grows to one record and no further.</summary>
/// <param name="source">The text that follows.</param>
/// <param name="buffer">Rented from the shared pool; belongs to this object from now on.</param>
/// <param name="length">How many characters of it are text already read, such as the sample of a sniffer.</param>
/// <param name="dialect">How cells are separated and quoted.</param>
internal sealed class DelimitedReader(TextReader source, char[] buffer, int length, Dialect dialect) : IDisposable
{
    /// <summary>A longer cell is taken for a quote that was never closed.</summary>
    public const int MaxCell = 1024 * 1024;

    /// <summary>A longer record is taken for a quote that was never closed.</summary>
    public const int MaxRecord = 16 * 1024 * 1024;

    private const int MaxRepairs = 200;
    private const int PeekLength = 32 * 1024;

    private readonly RecordScanner _scanner = new(dialect);
    private char[] _buffer = buffer;
    private int _start;
    private int _end = length;
    private int _length;
    private bool _final;
    private int _repairs;
    private long _nextLine = 1;

    /// <summary>The record's number, 1 for the first, blank lines counted: the row number a spreadsheet shows.</summary>
    public long Row { get; private set; }

    /// <summary>The line the record begins on, 1 for the first: the number an editor shows.</summary>
    public long Line { get; private set; }

    /// <summary>Cells of the record.</summary>
    public int Count => _scanner.Count;

    /// <summary>What is wrong with its quotes.</summary>
    public QuoteFault Fault => _scanner.Fault;

    /// <summary>True for a blank line and for a record of empty cells.</summary>
    public bool HoldsNothing => DelimitedRows.HoldsNothing(_scanner, Record);

    /// <summary>The record as it stands in the file, its line end included.</summary>
    public ReadOnlySpan<char> Record => _buffer.AsSpan(_start, _length);

    /// <summary>The content of a cell; valid until the next call.</summary>
    public ReadOnlySpan<char> Cell(int index) => _scanner.Content(Record, index);

    /// <summary>How many cells a record should have: one with a quote that is never closed is read as far as it has them.</summary>
    public int ExpectedCells { get; set; }

    /// <summary>The cell whose opening quote was read as a character because it is never closed; negative when there is none.</summary>
    public int RepairedCell => _scanner.Repaired;

    /// <summary>Moves to the next record.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="UnreadableFileException">A cell or record is too long, or a quote is never closed.</exception>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _start += _length;
        _length = 0;
        Line = _nextLine;
        Row++;
        if (_start < _end && _scanner.ScanRepairing(_buffer.AsSpan(_start, _end - _start), _final, ExpectedCells))
        {
            Take();
            return ValueTask.FromResult(true);
        }

        return ReadMoreAsync(cancellationToken);
    }

    /// <summary>The current record and those after it that hold something, without moving on.</summary>
    /// <param name="max">Rows wanted.</param>
    /// <param name="afterGap">A blank line stands before the current record.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The rows, and whether no more follow.</returns>
    public async ValueTask<(List<SampleRow> Rows, bool Whole)> PeekAsync(int max, bool afterGap, CancellationToken cancellationToken)
    {
        // The same window at every place of the file, so that a second run over it decides alike.
        while (!_final && _end - _start < PeekLength)
        {
            await FillAsync(cancellationToken);
        }

        var length = Math.Min(_end - _start, Math.Max(PeekLength, _length));
        return DelimitedRows.Read(_buffer.AsSpan(_start, length), _final && length == _end - _start, dialect, Row, afterGap, max, ExpectedCells);
    }

    private async ValueTask<bool> ReadMoreAsync(CancellationToken cancellationToken)
    {
        while (_start == _end || !_scanner.ScanRepairing(_buffer.AsSpan(_start, _end - _start), _final, ExpectedCells))
        {
            if (_final)
            {
                return false;
            }

            if (IsCellTooLong() && RepairOpenCell())
            {
                break;
            }

            GuardOpenRecord();
            await FillAsync(cancellationToken);
        }

        Take();
        return true;
    }

    private void Take()
    {
        _length = _scanner.Length;
        GuardRecord();
        _nextLine += CountLines(Record);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _end, _length, _final) = (0, 0, 0, true);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end > _buffer.Length / 2)
        {
            var larger = ArrayPool<char>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<char>.Shared.Return(_buffer);
            _buffer = larger;
        }

        // To the brim, so that a long record is scanned again only when the buffer has doubled.
        while (!_final && _end < _buffer.Length - 1)
        {
            var read = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += read;
            _final = read == 0;
        }
    }

    /// <summary>Reads a record that opens a cell without end as if its quote were a character.</summary>
    private bool RepairOpenCell()
    {
        // A far look for the end of a cell is dear: a file that needs it again and again has other faults.
        return _repairs++ < MaxRepairs && _scanner.Repair(_buffer.AsSpan(_start, _end - _start), _final, _scanner.OpenCellStart, ExpectedCells);
    }

    private bool IsCellTooLong() => _end - _start - _scanner.OpenCellStart > MaxCell;

    private void GuardOpenRecord()
    {
        var length = _end - _start;
        if (IsCellTooLong())
        {
            throw CellTooLong();
        }

        if (length > MaxRecord)
        {
            throw new UnreadableFileException(
                $"Row {Row} (line {Line}) is longer than 16 million characters. Check the line ends and quotes there, correct the file and upload it again.");
        }
    }

    private void GuardRecord()
    {
        if (Fault == QuoteFault.Unclosed)
        {
            throw new UnreadableFileException(
                $"Row {Row} (line {Line}) opens a quoted cell that is never closed, so everything after it would land in one cell. Close the quote there (write a quote inside a quoted cell twice) and upload the file again.");
        }

        if (_length <= MaxCell)
        {
            return;
        }

        for (var i = 0; i < Count; i++)
        {
            if (_scanner.RawLength(i) > MaxCell)
            {
                throw CellTooLong();
            }
        }
    }

    private UnreadableFileException CellTooLong() => new(
        $"Row {Row} (line {Line}) holds a cell longer than 1 million characters. Most likely a quote opened there is never closed. Correct the quotes (write a quote inside a quoted cell twice) and upload the file again.");

    private int CountLines(ReadOnlySpan<char> record)
    {
        if (!dialect.CarriageReturnEndsLine)
        {
            return record.Count('\n');
        }

        return record.Count('\r') + record.Count('\n') - record.Count("\r\n");
    }
}
