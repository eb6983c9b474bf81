namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Reads record after record from a text, in a buffer that grows to one record and no further.</summary>
/// <param name="source">The text after <paramref name="head"/>.</param>
/// <param name="head">Text already read, such as the sample of a sniffer.</param>
/// <param name="dialect">How cells are separated and quoted.</param>
internal sealed class DelimitedReader(TextReader source, ReadOnlyMemory<char> head, Dialect dialect)
{
    /// <summary>A longer cell is taken for a quote that was never closed.</summary>
    public const int MaxCell = 1024 * 1024;

    /// <summary>A longer record is taken for a quote that was never closed.</summary>
    public const int MaxRecord = 16 * 1024 * 1024;

    private readonly RecordScanner _scanner = new(dialect);
    private char[] _buffer = NewBuffer(head);
    private int _start;
    private int _end = head.Length;
    private int _length;
    private bool _final;
    private long _nextLine = 1;

    /// <summary>The record's number, 1 for the first, blank lines counted: the row number a spreadsheet shows.</summary>
    public long Row { get; private set; }

    /// <summary>The line the record begins on, 1 for the first: the number an editor shows.</summary>
    public long Line { get; private set; }

    /// <summary>Cells of the record.</summary>
    public int Count => _scanner.Count;

    /// <summary>What is wrong with its quotes.</summary>
    public QuoteFault Fault => _scanner.Fault;

    /// <summary>True for a line without a visible character.</summary>
    public bool IsBlank => _scanner.IsBlank(Record);

    /// <summary>True for a line without any character.</summary>
    public bool IsEmpty => IsBlank && _scanner.RawLength(0) == 0;

    /// <summary>The record as it stands in the file, its line end included.</summary>
    public ReadOnlySpan<char> Record => _buffer.AsSpan(_start, _length);

    /// <summary>The content of a cell; valid until the next call.</summary>
    public ReadOnlySpan<char> Cell(int index) => _scanner.Content(Record, index);

    /// <summary>Moves to the next record.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="UnreadableFileException">A cell or record is too long, or a quote is never closed.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _start += _length;
        _length = 0;
        Line = _nextLine;
        Row++;
        while (_start == _end || !_scanner.Scan(_buffer.AsSpan(_start, _end - _start), _final))
        {
            if (_final)
            {
                return false;
            }

            GuardOpenRecord();
            await FillAsync(cancellationToken);
        }

        _length = _scanner.Length;
        GuardRecord();
        _nextLine += CountLines(Record);
        return true;
    }

    private static char[] NewBuffer(ReadOnlyMemory<char> head)
    {
        var buffer = new char[Math.Max(64 * 1024, head.Length)];
        head.CopyTo(buffer);
        return buffer;
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
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        // To the brim, so that a long record is scanned again only when the buffer has doubled.
        while (!_final && _end < _buffer.Length - 1)
        {
            var read = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _end += read;
            _final = read == 0;
        }
    }

    private void GuardOpenRecord()
    {
        var length = _end - _start;
        if (length - _scanner.OpenCellStart > MaxCell && length > MaxCell)
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
