namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Finds the cells of one record at the start of a text. Pure and reusable: it holds places, not text.</summary>
/// <remarks>
/// A quote opens a quoted cell only at the cell's start; elsewhere it is a character like any other. Inside a quoted cell only a
/// quote before a delimiter, a line end or the end of the text closes it; any other single quote is kept and reported as <see cref="QuoteFault.Stray"/>,
/// and when its cell does not close on the same line the record ends with that line as <see cref="QuoteFault.Broken"/>, so that one bad quote cannot swallow a file.
/// </remarks>
internal sealed class RecordScanner(Dialect dialect)
{
    private readonly char _delimiter = dialect.Delimiter;
    private readonly char _quote = dialect.Quote;
    private Cell[] _cells = new Cell[64];
    private char[] _unescaped = [];

    /// <summary>Cells of the record found last.</summary>
    public int Count { get; private set; }

    /// <summary>Characters of the record, its line end included.</summary>
    public int Length { get; private set; }

    /// <summary>Where the cell began that did not end inside the text.</summary>
    public int OpenCellStart { get; private set; }

    public QuoteFault Fault { get; private set; }

    /// <summary>True when the cell stood in quotes.</summary>
    public bool IsQuoted(int cell) => _cells[cell].Quoted;

    /// <summary>Characters of the cell before doubled quotes are made single.</summary>
    public int RawLength(int cell) => _cells[cell].Length;

    /// <summary>True when the record is one unquoted cell without a visible character.</summary>
    public bool IsBlank(ReadOnlySpan<char> text) =>
        Count == 1 && !_cells[0].Quoted && text.Slice(_cells[0].Start, _cells[0].Length).IsWhiteSpace();

    /// <summary>The content of a cell; valid until the next call.</summary>
    public ReadOnlySpan<char> Content(ReadOnlySpan<char> text, int cell)
    {
        var (start, length, _, doubled) = _cells[cell];
        var raw = text.Slice(start, length);
        return doubled ? Unescape(raw) : raw;
    }

    /// <summary>Scans one record.</summary>
    /// <param name="text">Starts with the record; not empty.</param>
    /// <param name="final">No text follows.</param>
    /// <returns>False when the record does not end inside the text.</returns>
    public bool Scan(ReadOnlySpan<char> text, bool final)
    {
        Count = 0;
        Fault = QuoteFault.None;
        var position = 0;
        while (true)
        {
            OpenCellStart = position;
            var opening = position;
            while (dialect.BlanksAroundQuotes && opening < text.Length && text[opening] == ' ')
            {
                opening++;
            }

            if (opening == text.Length && !final)
            {
                return false;
            }

            var end = opening < text.Length && text[opening] == _quote
                ? Quoted(text, opening + 1, final)
                : Plain(text, position, final);
            if (end < 0)
            {
                return false;
            }

            if (end < text.Length && text[end] == _delimiter && Fault is not (QuoteFault.Broken or QuoteFault.Unclosed))
            {
                position = end + 1;
                continue;
            }

            Length = Fault == QuoteFault.Unclosed ? text.Length : end + Math.Max(LineEnd(text, end, final), 0);
            return true;
        }
    }

    private int Plain(ReadOnlySpan<char> text, int start, bool final)
    {
        var position = start;
        while (true)
        {
            var found = text[position..].IndexOfAny(_delimiter, '\n', '\r');
            if (found < 0)
            {
                if (!final)
                {
                    return -1;
                }

                Add(start, text.Length - start, quoted: false, doubled: false);
                return text.Length;
            }

            position += found;
            if (text[position] != _delimiter)
            {
                var lineEnd = LineEnd(text, position, final);
                if (lineEnd < 0)
                {
                    return -1;
                }

                if (lineEnd == 0)
                {
                    position++;
                    continue;
                }
            }

            Add(start, position - start, quoted: false, doubled: false);
            return position;
        }
    }

    private int Quoted(ReadOnlySpan<char> text, int start, bool final)
    {
        var position = start;
        var (doubled, stray) = (false, false);
        while (true)
        {
            var found = stray ? text[position..].IndexOfAny(_quote, '\n', '\r') : text[position..].IndexOf(_quote);
            if (found < 0)
            {
                return final ? End(QuoteFault.Unclosed, start, text.Length, doubled) : -1;
            }

            position += found;
            if (text[position] != _quote)
            {
                var lineEnd = LineEnd(text, position, final);
                if (lineEnd != 0)
                {
                    return lineEnd < 0 ? -1 : End(QuoteFault.Broken, start, position, doubled);
                }

                position++;
                continue;
            }

            if (position + 1 < text.Length && text[position + 1] == _quote)
            {
                doubled = true;
                position += 2;
                continue;
            }

            var after = position + 1;
            while (dialect.BlanksAroundQuotes && after < text.Length && text[after] == ' ')
            {
                after++;
            }

            var closes = after == text.Length ? (final ? 1 : -1)
                : text[after] == _delimiter ? 1
                : LineEnd(text, after, final);
            if (closes < 0)
            {
                return -1;
            }

            if (closes > 0)
            {
                Fault = stray ? QuoteFault.Stray : Fault;
                Add(start, position - start, quoted: true, doubled);
                return after;
            }

            stray = true;
            position++;
        }
    }

    private int End(QuoteFault fault, int start, int end, bool doubled)
    {
        Fault = fault;
        Add(start, end - start, quoted: true, doubled);
        return end;
    }

    /// <summary>Length of the line end at a place: 0 when there is none, -1 when more text must decide.</summary>
    /// <remarks>Several carriage returns before a line feed are one line end: programs that translate line ends twice write them.</remarks>
    private int LineEnd(ReadOnlySpan<char> text, int position, bool final)
    {
        if (position >= text.Length)
        {
            return 0;
        }

        if (text[position] == '\n')
        {
            return 1;
        }

        if (text[position] != '\r')
        {
            return 0;
        }

        var next = position + 1;
        while (!dialect.CarriageReturnEndsLine && next < text.Length && text[next] == '\r')
        {
            next++;
        }

        if (next == text.Length)
        {
            return !final ? -1 : next - position;
        }

        if (text[next] == '\n')
        {
            return next - position + 1;
        }

        return dialect.CarriageReturnEndsLine ? 1 : 0;
    }

    private ReadOnlySpan<char> Unescape(ReadOnlySpan<char> raw)
    {
        if (_unescaped.Length < raw.Length)
        {
            _unescaped = new char[raw.Length * 2];
        }

        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            _unescaped[length++] = raw[i];
            if (raw[i] == _quote && i + 1 < raw.Length && raw[i + 1] == _quote)
            {
                i++;
            }
        }

        return _unescaped.AsSpan(0, length);
    }

    private void Add(int start, int length, bool quoted, bool doubled)
    {
        if (Count == _cells.Length)
        {
            Array.Resize(ref _cells, Count * 2);
        }

        _cells[Count++] = new Cell(start, length, quoted, doubled);
    }

    private readonly record struct Cell(int Start, int Length, bool Quoted, bool Doubled);
}
