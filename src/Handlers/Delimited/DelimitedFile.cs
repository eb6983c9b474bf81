using System.Buffers;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>A delimited file opened for reading: its encoding, dialect and header are found, its rows follow one at a time.</summary>
internal sealed class DelimitedFile : IDisposable
{
    private const int SampleLength = 64 * 1024;
    private const int HeaderRows = 200;

    private static readonly SearchValues<char> Unwanted = SearchValues.Create(['\0', MarkingFallback.Mark]);

    private readonly DecodingReader _text;
    private readonly DelimitedReader _reader;

    private DelimitedFile(DecodingReader text, Dialect dialect, SniffedHeader header, ReadOnlyMemory<char> sample)
    {
        _text = text;
        Dialect = dialect;
        Header = header;
        Keys = FieldKeys.From(header.Labels);
        _reader = new DelimitedReader(text, sample, dialect);
    }

    /// <summary>How cells are separated and quoted.</summary>
    public Dialect Dialect { get; }

    /// <summary>Where the header stands and what it names.</summary>
    public SniffedHeader Header { get; }

    /// <summary>One field key per column.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>As a person knows it. May change from UTF-8 to Windows-1252 at the first character that is not ASCII.</summary>
    public string EncodingName => _text.EncodingName;

    /// <summary>The current row's number: the header has number 1 when it stands in the first line.</summary>
    public long Row => _reader.Row;

    /// <summary>The line the current row begins on.</summary>
    public long Line => _reader.Line;

    /// <summary>Why the current row cannot be taken; null when it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Opens a file: reads a first part and finds how to read the rest.</summary>
    /// <param name="stream">The bytes; disposed with this object.</param>
    /// <param name="name">The file's name: its extension is a hint.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableFileException">The file is empty, not text, or its header cannot be read.</exception>
    public static async Task<DelimitedFile> OpenAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        var text = await DecodingReader.OpenAsync(stream, cancellationToken);
        var buffer = new char[SampleLength];
        var length = 0;
        while (true)
        {
            // One place is left free: a decoder cannot put a surrogate pair into a single one.
            while (length < buffer.Length - 1 && await text.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
            {
                length += read;
            }

            var whole = length < buffer.Length - 1;
            var sample = buffer.AsMemory(0, length);
            if (whole && sample.Span.IsWhiteSpace())
            {
                throw new UnreadableFileException("This file is empty: it holds no visible character. Upload a file with a header and rows.");
            }

            var dialect = DialectSniffer.Sniff(sample.Span, whole, Path.GetExtension(name).TrimStart('.'));
            var rows = SampleRows(sample.Span, whole, dialect);
            if (rows.Count > 0)
            {
                return Open(text, dialect, rows, sample);
            }

            if (whole)
            {
                throw new UnreadableFileException("No row of this file can be read: a quote is opened and never closed. Correct the quotes and upload the file again.");
            }

            if (length > DelimitedReader.MaxRecord)
            {
                throw new UnreadableFileException(
                    "The first row of this file is longer than 16 million characters. Check its line ends and quotes, correct the file and upload it again.");
            }

            Array.Resize(ref buffer, buffer.Length * 4);
        }
    }

    /// <summary>Moves to the next data row; blank lines are none.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="UnreadableFileException">The rest of the file cannot be read.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _reader.ReadAsync(cancellationToken))
        {
            if (_reader.Row >= Header.FirstDataRow && !(_reader.IsBlank && (Keys.Count > 1 || _reader.IsEmpty)))
            {
                Refusal = Judge();
                return true;
            }
        }

        return false;
    }

    /// <summary>The content of a column in the current row, empty when the row is shorter; valid until the next call.</summary>
    public ReadOnlySpan<char> Cell(int column) => column < _reader.Count ? _reader.Cell(column) : default;

    /// <inheritdoc />
    public void Dispose() => _text.Dispose();

    private static DelimitedFile Open(DecodingReader text, Dialect dialect, List<SampleRow> rows, ReadOnlyMemory<char> sample)
    {
        var header = HeaderSniffer.Sniff(rows);
        if (header.Labels.Any(l => l.AsSpan().ContainsAny(Unwanted)))
        {
            throw new UnreadableFileException(
                $"The header in row {header.Row} holds bytes that are not {text.EncodingName} text. Save the file as UTF-8 and upload it again.");
        }

        return new DelimitedFile(text, dialect, header, sample);
    }

    private static List<SampleRow> SampleRows(ReadOnlySpan<char> sample, bool whole, Dialect dialect)
    {
        var rows = new List<SampleRow>();
        var scanner = new RecordScanner(dialect);
        for (var number = 1L; !sample.IsEmpty && rows.Count < HeaderRows && scanner.Scan(sample, whole); number++)
        {
            if (!scanner.IsBlank(sample) && scanner.Fault is QuoteFault.None or QuoteFault.Stray)
            {
                rows.Add(new SampleRow(number, Cells(scanner, sample)));
            }

            sample = sample[scanner.Length..];
        }

        return rows;
    }

    private static List<string> Cells(RecordScanner scanner, ReadOnlySpan<char> text)
    {
        var cells = new List<string>(scanner.Count);
        for (var i = 0; i < scanner.Count; i++)
        {
            cells.Add(scanner.Content(text, i).ToString());
        }

        return cells;
    }

    private string? Judge()
    {
        if (_reader.Fault == QuoteFault.Broken || (_reader.Fault == QuoteFault.Stray && _reader.Count != Keys.Count))
        {
            var lines = _reader.Record.TrimEnd("\r\n").Count('\n');
            var where = lines > 0 ? $"row {Row} (lines {Line} to {Line + lines})" : $"row {Row}";
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
            if (!_reader.Cell(i).IsEmpty)
            {
                return $"row {Row} has {_reader.Count} cells, the header has {Keys.Count}";
            }
        }

        return null;
    }
}
