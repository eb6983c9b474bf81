using System.Text.Json;
using Flatfile.Agent.Handlers.Delimited;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>Some thousand rows on their way to the server: all their text in one buffer that is used again for the page after next.</summary>
/// <remarks>Where a page ends depends on its rows alone, so that a run after a crash cuts the same pages.</remarks>
internal sealed class RowPage(IReadOnlyList<string> keys)
{
    private const int MaxRows = 5000;
    private const int MaxWeight = 4 * 1024 * 1024;
    private const int JsonPerCell = 14;

    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");

    private readonly JsonEncodedText[] _keys = [.. keys.Select(k => JsonEncodedText.Encode(k))];
    private char[] _text = new char[64 * 1024];
    private int[] _ends = new int[64 * 1024];
    private int _textLength;
    private int _cells;
    private long _weight;

    public int Rows { get; private set; }

    public bool IsFull => Rows == MaxRows || _weight >= MaxWeight;

    public void Clear() => (_textLength, _cells, _weight, Rows) = (0, 0, 0, 0);

    /// <summary>Copies the current row of a file.</summary>
    public void Add(DelimitedFile file)
    {
        for (var column = 0; column < _keys.Length; column++)
        {
            Add(file.Cell(column), column);
        }

        Rows++;
    }

    /// <summary>Writes the page as the body of an insert. Empty cells are left out: the server makes them empty.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        var (cell, start) = (0, 0);
        for (var row = 0; row < Rows; row++)
        {
            writer.WriteStartObject();
            foreach (var key in _keys)
            {
                var end = _ends[cell++];
                if (end > start)
                {
                    writer.WriteStartObject(key);
                    writer.WriteString(Value, _text.AsSpan(start, end - start));
                    writer.WriteEndObject();
                    start = end;
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Add(ReadOnlySpan<char> content, int column)
    {
        if (_textLength + content.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + content.Length));
        }

        if (_cells == _ends.Length)
        {
            Array.Resize(ref _ends, _ends.Length * 2);
        }

        content.CopyTo(_text.AsSpan(_textLength));
        _textLength += content.Length;
        _ends[_cells++] = _textLength;
        _weight += content.IsEmpty ? 1 : content.Length + _keys[column].EncodedUtf8Bytes.Length + JsonPerCell;
    }
}
