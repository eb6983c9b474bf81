using System.Buffers;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>A delimited file opened for reading: its encoding, dialect and tables are found, the rows of a table follow one at a time.</summary>
internal sealed class DelimitedFile : IDisposable
{
    private static readonly SearchValues<char> Unwanted = SearchValues.Create(['\0', MarkingFallback.Mark]);

    private readonly DecodingReader _text;
    private readonly DelimitedReader _reader;
    private readonly bool _oneTable;
    private TableBoundary _boundary;
    private SniffedHeader? _next;
    private bool _afterGap;
    private bool _anyRow;
    private bool _look;

    private DelimitedFile(DecodingReader text, TextSample sample, bool oneTable)
    {
        _text = text;
        _oneTable = oneTable;
        Sniffed = sample.Dialect;
        _reader = new DelimitedReader(text, sample.Buffer, sample.Length, Dialect);
        (Header, Keys, Above, _boundary) = (sample.Header, FieldKeys.From(sample.Header.Labels), sample.Above, new TableBoundary(sample.Header));
        _reader.ExpectedCells = Header.CellsPerRow;
    }

    /// <summary>How cells are separated and quoted, and how that was found.</summary>
    public SniffedDialect Sniffed { get; }

    /// <summary>How cells are separated and quoted.</summary>
    public Dialect Dialect => Sniffed.Dialect;

    /// <summary>Where the header of the current table stands and what it names.</summary>
    public SniffedHeader Header { get; private set; }

    /// <summary>One field key per column.</summary>
    public IReadOnlyList<string> Keys { get; private set; }

    /// <summary>The rows above the current table's header.</summary>
    public PassedRows Above { get; private set; }

    /// <summary>The notes and sums below the last table; known when its last row has been read.</summary>
    public PassedRows Below { get; private set; } = PassedRows.None;

    /// <summary>As a person knows it. May change from UTF-8 to Windows-1252 at the first character that is not ASCII.</summary>
    public SniffedEncoding Encoding => _text.Encoding;

    /// <inheritdoc cref="SniffedEncoding.Name" />
    public string EncodingName => _text.Encoding.Name;

    /// <summary>The current row's number: the header has number 1 when it stands in the first line.</summary>
    public long Row => _reader.Row;

    /// <summary>The rows of the current table's header as they stand in the file; null where there is none.</summary>
    public string? OriginalHeader { get; private set; }

    /// <summary>The current row as it stands in the file.</summary>
    public ReadOnlySpan<char> Original => _reader.Record;

    /// <summary>Why the current row cannot be taken; null when it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Opens a file as a single table, whatever stands below its rows.</summary>
    /// <exception cref="UnreadableFileException">The file is empty, not text, or its header cannot be read.</exception>
    public static Task<DelimitedFile> OpenAsync(Stream stream, string name, CancellationToken cancellationToken) =>
        OpenAsync(stream, name, ReadOptions.Auto, true, cancellationToken);

    /// <summary>Opens a file: reads a first part and finds how to read the rest.</summary>
    /// <param name="stream">The bytes; disposed with this object.</param>
    /// <param name="name">The file's name: its extension is a hint.</param>
    /// <param name="options">What a person knows better.</param>
    /// <param name="oneTable">Everything below the header belongs to one table.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableFileException">The file is empty, not text, or its header cannot be read; or an option makes no sense.</exception>
    public static async Task<DelimitedFile> OpenAsync(Stream stream, string name, ReadOptions options, bool oneTable, CancellationToken cancellationToken)
    {
        var known = KnownDialect.From(options);
        var text = await DecodingReader.OpenAsync(stream, options.Encoding, cancellationToken);
        var sample = await TextSample.ReadAsync(text, name, known, options, cancellationToken);
        if (sample.Header.Labels.Any(l => l.AsSpan().ContainsAny(Unwanted)))
        {
            throw new UnreadableFileException(
                $"The header in row {sample.Header.Row} holds bytes that are not {text.Encoding.Name} text. Save the file as UTF-8 and upload it again.");
        }

        return new DelimitedFile(text, sample, oneTable);
    }

    /// <summary>Moves to the next data row of the table; rows that hold nothing are none.</summary>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="UnreadableFileException">The rest of the file cannot be read.</exception>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_next is not null)
        {
            return ValueTask.FromResult(false);
        }

        // Most rows are in memory already and need no look around: they take no state machine.
        var read = _reader.ReadAsync(cancellationToken);
        if (!read.IsCompletedSuccessfully)
        {
            return AfterReadingAsync(read, cancellationToken);
        }

        return Step(read.Result) is { } known ? ValueTask.FromResult(known) : GoOnAsync(cancellationToken);
    }

    /// <summary>Moves on to the table that follows. The rows of the current one must have been read.</summary>
    /// <returns>False when there is none.</returns>
    public bool NextTable()
    {
        if (_next is not { } next)
        {
            return false;
        }

        Above = next.Title is { } title ? new PassedRows(Row, next.Row - 1, [title]) : PassedRows.None;
        (Header, Keys, _boundary, _next, _anyRow) = (next, FieldKeys.From(next.Labels), new TableBoundary(next), null, false);
        _reader.ExpectedCells = next.CellsPerRow;
        OriginalHeader = next.Found && _reader.Row >= next.Row ? _reader.Record.ToString() : null;
        return true;
    }

    /// <summary>The content of a column in the current row, empty when the row is shorter; valid until the next call.</summary>
    public ReadOnlySpan<char> Cell(int column) => column < _reader.Count ? _reader.Cell(column) : default;

    /// <summary>What a person should know of a cell of the current row; null for nothing.</summary>
    public string? Remark(int column) => column == _reader.RepairedCell
        ? "This cell begins with a quote that is never closed. The quote was kept as a character."
        : null;

    /// <inheritdoc />
    public void Dispose()
    {
        _reader.Dispose();
        _text.Dispose();
    }

    private async ValueTask<bool> AfterReadingAsync(ValueTask<bool> read, CancellationToken cancellationToken) =>
        Step(await read) ?? await GoOnAsync(cancellationToken);

    private async ValueTask<bool> GoOnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_look)
            {
                _look = false;
                return !await EndsHereAsync(cancellationToken) && Take();
            }

            if (Step(await _reader.ReadAsync(cancellationToken)) is { } known)
            {
                return known;
            }
        }
    }

    /// <summary>True for a row of the table, false at the end of the file, null when it takes more to know.</summary>
    private bool? Step(bool any)
    {
        if (!any)
        {
            return false;
        }

        if (_reader.Row < Header.FirstDataRow)
        {
            OriginalHeader = Header.Found && _reader.Row >= Header.Row ? OriginalHeader + _reader.Record.ToString() : null;
            return null;
        }

        if (_reader.HoldsNothing)
        {
            _afterGap = true;
            return null;
        }

        _look = !_oneTable && IsWorthALook();
        return _look ? null : Take();
    }

    private bool Take()
    {
        (_afterGap, _anyRow) = (false, true);
        Refusal = Judge();
        return true;
    }

    private bool IsWorthALook() =>
        _boundary.IsWorthALook(_reader.Count, _afterGap && _anyRow, Header.Found && Header.Labels.Count > 1 && _reader.Cell(0).SequenceEqual(Header.Labels[0]), IsLonely());

    private bool IsLonely()
    {
        var last = _reader.Count - 1;
        while (last > 0 && _reader.Cell(last).IsEmpty)
        {
            last--;
        }

        return last == 0 && _reader.Count > 2;
    }

    private async ValueTask<bool> EndsHereAsync(CancellationToken cancellationToken)
    {
        var (rows, whole) = await _reader.PeekAsync(TableBoundary.Window, _afterGap, cancellationToken);
        if (rows.Count == 0 || rows[0].Number != Row)
        {
            return false;
        }

        var end = _boundary.Look(rows, whole);
        _next = end.Next;
        if (end.IsFooter)
        {
            Below = new PassedRows(Row, rows[^1].Number, [.. rows.Select(r => r.FirstText)]);
            while (await _reader.ReadAsync(cancellationToken))
            {
                // What follows was looked at already.
            }
        }

        return end.IsFooter || end.Next is not null;
    }

    private string? Judge()
    {
        if (_reader.Fault == QuoteFault.Broken || (_reader.Fault == QuoteFault.Stray && _reader.Count != Header.CellsPerRow && _reader.Count != Keys.Count))
        {
            var lines = _reader.Record.TrimEnd("\r\n").Count('\n');
            var where = lines > 0 ? $"row {Row} (lines {_reader.Line} to {_reader.Line + lines})" : $"row {Row}";
            return $"{where} has a quote inside a quoted cell; write it twice";
        }

        if (_reader.Record.IndexOfAny(Unwanted) is var found and >= 0)
        {
            if (_reader.Record[found] == '\0' || _reader.Record.Contains('\0'))
            {
                return $"row {Row} holds a NUL character, which is no text";
            }

            if (_text.SawUndecodableBytes)
            {
                return $"row {Row} holds bytes that are not {EncodingName}; save the file as UTF-8";
            }
        }

        for (var i = Keys.Count; i < _reader.Count; i++)
        {
            if (!_reader.Cell(i).IsWhiteSpace())
            {
                return $"row {Row} has {_reader.Count} cells, the header has {Keys.Count}";
            }
        }

        return null;
    }
}
