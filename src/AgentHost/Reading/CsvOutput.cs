using System.Buffers;
using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Host.Reading;

/// <summary>Writes rows as RFC 4180 has them: UTF-8, commas, CRLF, quotes where they are needed.</summary>
internal sealed class CsvOutput(Stream target) : IAsyncDisposable
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    private readonly StreamWriter _writer = new(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024) { NewLine = "\r\n" };

    public void Write(IReadOnlyList<string> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            Write(cells[i], i, cells.Count);
        }

        _writer.WriteLine();
    }

    public void Write(ITable table, int columns)
    {
        for (var i = 0; i < columns; i++)
        {
            Write(table.Cell(i), i, columns);
        }

        _writer.WriteLine();
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private void Write(ReadOnlySpan<char> cell, int column, int columns)
    {
        if (column > 0)
        {
            _writer.Write(',');
        }

        // A row of one empty cell would be a blank line, which is no row.
        if (!cell.ContainsAny(Special) && !(cell.IsEmpty && columns == 1))
        {
            _writer.Write(cell);
            return;
        }

        _writer.Write('"');
        while (cell.IndexOf('"') is >= 0 and var quote)
        {
            _writer.Write(cell[..(quote + 1)]);
            _writer.Write('"');
            cell = cell[(quote + 1)..];
        }

        _writer.Write(cell);
        _writer.Write('"');
    }
}
