using System.Buffers;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Finds the cells of one record at the start of a text. Pure and reusable: it holds places, not text.</summary>
/// <remarks>
/// A quote opens a quoted cell only at the cell's start; elsewhere it is a character like any other. Inside a quoted cell only a
/// quote before a delimiter, a line end or the end of the text closes it; any other single quote is kept and reported as <see cref="QuoteFault.Stray"/>,
/// and when its cell does not close on the same line the record ends with that line as <see cref="QuoteFault.Broken"/>, so that one bad quote cannot swallow a file.
/// </remarks>
internal sealed class RecordScanner(Dialect dialect)
{
    private readonly RecordMarks _marks = new(dialect);
    private readonly Escapes _escapes = new(dialect);
    private readonly char _quote = dialect.Quote;
    private readonly char _closing = dialect.ClosingQuote;
    private readonly char _escape = dialect.Escape;
    private readonly SearchValues<char> _stops = SearchValues.Create([dialect.Delimiter.Length > 0 ? dialect.Delimiter[0] : '\n', '\n', '\r', dialect.Escape == Dialect.None ? '\n' : dialect.Escape]);
    private readonly SearchValues<char> _strayStops = SearchValues.Create([dialect.ClosingQuote, '\n', '\r', dialect.Escape == Dialect.None ? '\n' : dialect.Escape]);
    private Cell[] _cells = new Cell[64];

    /// <summary>Cells of the record found last.</summary>
    public int Count { get; private set; }

    /// <summary>Characters of the record, its line end included.</summary>
    public int Length { get; private set; }

    /// <summary>Where the cell began that did not end inside the text.</summary>
    public int OpenCellStart { get; private set; }

    public QuoteFault Fault { get; private set; }

    /// <summary>The cell whose opening quote was read as a character because it does not fit; negative when there is none.</summary>
    public int Repaired { get; private set; } = -1;

    /// <summary>Where the quote stands that opened the first faulty cell; negative when there is none.</summary>
    public int FaultStart { get; private set; }

    /// <summary>True when the cell stood in quotes.</summary>
    public bool IsQuoted(int cell) => _cells[cell].Quoted;

    /// <summary>True when a blank stands before the cell's content, or before its quote.</summary>
    public bool HasBlankBefore(ReadOnlySpan<char> text, int cell)
    {
        var (start, length, quoted, _) = _cells[cell];
        return quoted ? start > 1 && text[start - 2] == ' ' : length > 0 && text[start] == ' ';
    }

    /// <summary>Characters of the cell before doubled quotes are made single.</summary>
    public int RawLength(int cell) => _cells[cell].Length;

    /// <summary>The content of a cell; valid until the next call.</summary>
    public ReadOnlySpan<char> Content(ReadOnlySpan<char> text, int cell)
    {
        var (start, length, quoted, doubled) = _cells[cell];
        var raw = text.Slice(start, length);
        return doubled ? _escapes.Remove(raw, quoted) : raw;
    }

    /// <summary>Scans one record.</summary>
    /// <param name="text">Starts with the record; not empty.</param>
    /// <param name="final">No text follows.</param>
    /// <param name="literal">Where a quote stands that opens no cell; negative for nowhere.</param>
    /// <returns>False when the record does not end inside the text.</returns>
    public bool Scan(ReadOnlySpan<char> text, bool final, int literal = -1)
    {
        Count = 0;
        Fault = QuoteFault.None;
        FaultStart = -1;
        var position = dialect.Runs ? _marks.PassDelimiters(text, 0) : 0;
        while (true)
        {
            OpenCellStart = position;
            var opening = dialect.BlanksAroundQuotes ? RecordMarks.PassBlanks(text, position) : position;
            if (opening >= text.Length && !final)
            {
                return false;
            }

            var end = opening < text.Length && text[opening] == _quote && _quote != Dialect.None && opening != literal
                ? Quoted(text, opening + 1, final)
                : Plain(text, position, final);
            if (end < 0)
            {
                return false;
            }

            if (end < text.Length && Fault is not (QuoteFault.Broken or QuoteFault.Unclosed) && _marks.DelimiterLength(text, end) is > 0 and var length)
            {
                position = _marks.AfterDelimiter(text, end + length);
                if (position >= text.Length && !final)
                {
                    return false;
                }

                if (!dialect.Runs || !RecordMarks.EndsHere(text, position))
                {
                    continue;
                }

                end = position;
            }

            var lineEnd = Fault == QuoteFault.Unclosed ? 0 : _marks.LineEnd(text, end, final);
            if (lineEnd < 0)
            {
                return false;
            }

            Length = Fault == QuoteFault.Unclosed ? text.Length : end + lineEnd;
            return true;
        }
    }

    /// <summary>Scans one record; when a quote in it does not fit, reads that quote as a character if the record then has the cells it should have.</summary>
    /// <param name="text">Starts with the record; not empty.</param>
    /// <param name="final">No text follows.</param>
    /// <param name="expected">Cells it should have; 0 when that is not known.</param>
    /// <returns>False when the record does not end inside the text.</returns>
    public bool ScanRepairing(ReadOnlySpan<char> text, bool final, int expected)
    {
        Repaired = -1;
        if (!Scan(text, final))
        {
            return false;
        }

        if (Fault is QuoteFault.Broken or QuoteFault.Unclosed || (Fault == QuoteFault.Stray && Count != expected))
        {
            Repair(text, final, FaultStart, expected);
        }

        return true;
    }

    /// <summary>Scans the record again with one quote as a character, and keeps that when the record then has the cells it should have.</summary>
    public bool Repair(ReadOnlySpan<char> text, bool final, int quote, int expected)
    {
        if (quote >= 0 && quote < text.Length && text[quote] == _quote && Scan(text, final, quote) && Fault == QuoteFault.None && Count == expected)
        {
            Repaired = Array.FindIndex(_cells, 0, Count, c => c.Start == quote);
            return true;
        }

        Scan(text, final);
        return false;
    }

    private int Plain(ReadOnlySpan<char> text, int start, bool final)
    {
        var position = start;
        var escaped = false;
        while (true)
        {
            var found = _escape == Dialect.None
                ? text[position..].IndexOfAny(_marks.Delimiter, '\n', '\r')
                : text[position..].IndexOfAny(_stops);
            if (found < 0)
            {
                if (!final)
                {
                    return -1;
                }

                Add(start, text.Length - start, quoted: false, escaped);
                return text.Length;
            }

            position += found;
            if (text[position] == _escape && _escape != Dialect.None)
            {
                escaped = true;
                position += 2;
                if (position > text.Length - 1)
                {
                    position = text.Length;
                }

                continue;
            }

            var delimiter = _marks.DelimiterLength(text, position);
            if (delimiter < 0 && !final)
            {
                return -1;
            }

            if (delimiter <= 0)
            {
                var lineEnd = _marks.LineEnd(text, position, final);
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

            Add(start, position - start, quoted: false, escaped);
            return position;
        }
    }

    private int Quoted(ReadOnlySpan<char> text, int start, bool final)
    {
        var position = start;
        var (doubled, stray) = (false, false);
        while (true)
        {
            var found = stray ? text[position..].IndexOfAny(_strayStops)
                : _escape == Dialect.None ? text[position..].IndexOf(_closing)
                : text[position..].IndexOfAny(_closing, _escape);
            if (found < 0)
            {
                return final ? End(QuoteFault.Unclosed, start, text.Length, doubled) : -1;
            }

            position += found;
            if (text[position] == _escape && _escape != Dialect.None)
            {
                doubled = true;
                position = Math.Min(position + 2, text.Length);
                continue;
            }

            if (text[position] != _closing)
            {
                var lineEnd = _marks.LineEnd(text, position, final);
                if (lineEnd != 0)
                {
                    return lineEnd < 0 ? -1 : End(QuoteFault.Broken, start, position, doubled);
                }

                position++;
                continue;
            }

            if (position + 1 < text.Length && text[position + 1] == _closing)
            {
                doubled = true;
                position += 2;
                continue;
            }

            var after = dialect.BlanksAroundQuotes ? RecordMarks.PassBlanks(text, position + 1) : position + 1;
            var closes = after == text.Length ? (final ? 1 : -1)
                : _marks.DelimiterLength(text, after) is not 0 and var delimiter ? (delimiter > 0 || final ? delimiter : -1)
                : _marks.LineEnd(text, after, final);
            if (closes < 0 && !final)
            {
                return -1;
            }

            if (closes > 0)
            {
                NoteFault(stray ? QuoteFault.Stray : Fault, start);
                Add(start, position - start, quoted: true, doubled);
                return after;
            }

            stray = true;
            position++;
        }
    }

    private int End(QuoteFault fault, int start, int end, bool doubled)
    {
        NoteFault(fault, start);
        Add(start, end - start, quoted: true, doubled);
        return end;
    }

    private void NoteFault(QuoteFault fault, int start)
    {
        FaultStart = FaultStart < 0 && fault != QuoteFault.None ? start - 1 : FaultStart;
        Fault = fault;
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
