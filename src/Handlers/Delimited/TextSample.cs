using System.Buffers;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>The first part of a text, and how it says the text is to be read.</summary>
/// <param name="Buffer">Begins with the characters, to be read again as rows; rented from the shared pool.</param>
/// <param name="Length">How many characters there are.</param>
/// <param name="Dialect">How cells are separated and quoted.</param>
/// <param name="Header">Of the first table.</param>
/// <param name="Above">Rows above its header.</param>
internal sealed record TextSample(char[] Buffer, int Length, SniffedDialect Dialect, SniffedHeader Header, PassedRows Above)
{
    private const int FirstLength = 64 * 1024;
    private const int MaxRows = 200;

    /// <summary>Reads as much as the first row needs, 64 Ki characters at least.</summary>
    /// <exception cref="UnreadableFileException">There is nothing to read, or no row can be.</exception>
    public static async Task<TextSample> ReadAsync(TextReader text, string name, KnownDialect known, ReadOptions options, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<char>.Shared.Rent(FirstLength);
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

            var dialect = DialectSniffer.Sniff(sample.Span, whole, Path.GetExtension(name).TrimStart('.'), known);
            var rows = DelimitedRows.Read(sample.Span, whole, dialect.Dialect, 1, false, MaxRows, 0).Rows;
            if (rows.Count > 0)
            {
                var header = FindHeader(rows, options);

                // Now that the width is known, rows with quotes that do not fit can be told from rows that are longer.
                rows = DelimitedRows.Read(sample.Span, whole, dialect.Dialect, 1, false, MaxRows, header.CellsPerRow).Rows;
                header = FindHeader(rows, options);
                return new TextSample(buffer, length, dialect, header, AboveOf(rows, header));
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

            var larger = ArrayPool<char>.Shared.Rent(buffer.Length * 4);
            sample.CopyTo(larger);
            ArrayPool<char>.Shared.Return(buffer);
            buffer = larger;
        }
    }

    private static SniffedHeader FindHeader(List<SampleRow> rows, ReadOptions options)
    {
        if (options.HeaderRow is < 0 or > MaxRows || options.HeaderRows is < 1 or > 20)
        {
            throw new UnreadableFileException($"The reading options 'headerRow' and 'headerRows' are {options.HeaderRow} and {options.HeaderRows}. Give a row from 1 to {MaxRows}, or 0 for no header, and 1 to 20 rows.");
        }

        if (options.HeaderRow is { } row)
        {
            return HeaderSniffer.Told(rows, row, options.HeaderRows ?? 1);
        }

        var header = HeaderSniffer.Sniff(rows);
        return options.HeaderRows is { } height && header.Found ? HeaderSniffer.Told(rows, header.Row, height) : header;
    }

    private static PassedRows AboveOf(List<SampleRow> rows, SniffedHeader header)
    {
        var first = header.Found ? header.Row : header.FirstDataRow;
        var above = rows.Where(r => r.Number < first).ToList();
        return above.Count == 0 ? PassedRows.None : new PassedRows(1, first - 1, [.. above.Select(r => r.FirstText)]);
    }
}
