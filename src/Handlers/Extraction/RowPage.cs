using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>Some thousand rows on their way to the server: all their text in one buffer that is used again for the page after next.</summary>
/// <remarks>Where a page ends depends on its rows alone, so that a run after a crash cuts the same pages.</remarks>
internal sealed class RowPage(IReadOnlyList<string> keys)
{
    private const int MaxRows = 5000;
    private const int MaxWeight = 4 * 1024 * 1024;
    private const int JsonPerCell = 14;
    private const int RowsPerPart = 64;

    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Messages = JsonEncodedText.Encode("messages");

    private readonly JsonEncodedText[] _keys = [.. keys.Select(k => JsonEncodedText.Encode(k))];
    private char[] _text = new char[64 * 1024];
    private int[] _ends = new int[64 * 1024];
    private readonly List<(int Cell, string Text)> _remarks = [];
    private int _textLength;
    private int _cells;
    private long _weight;

    public int Rows { get; private set; }

    public bool IsFull => Rows == MaxRows || _weight >= MaxWeight;

    public void Clear()
    {
        (_textLength, _cells, _weight, Rows) = (0, 0, 0, 0);
        _remarks.Clear();
    }

    /// <summary>Copies the current row of a table.</summary>
    public void Add(ITable table)
    {
        for (var column = 0; column < _keys.Length; column++)
        {
            if (table.Remark(column) is { } remark)
            {
                _remarks.Add((_cells, remark));
                _weight += remark.Length;
            }

            Add(table.Cell(column), column);
        }

        Rows++;
    }

    /// <summary>The body of an insert in parts. Empty cells are left out, unless there is something to say of them: the server makes them empty.</summary>
    public IEnumerable<Action<Utf8JsonWriter>> Parts()
    {
        var place = default(Place);
        yield return writer => writer.WriteStartArray();
        while (place.Row < Rows)
        {
            yield return writer => place = Write(writer, place, Math.Min(Rows, place.Row + RowsPerPart));
        }

        yield return writer => writer.WriteEndArray();
    }

    private Place Write(Utf8JsonWriter writer, Place place, int end)
    {
        var (row, cell, start, remark) = place;
        for (; row < end; row++)
        {
            writer.WriteStartObject();
            foreach (var key in _keys)
            {
                var next = _ends[cell];
                var remarked = remark < _remarks.Count && _remarks[remark].Cell == cell;
                cell++;
                if (next == start && !remarked)
                {
                    continue;
                }

                writer.WriteStartObject(key);
                WriteValue(writer, _text.AsSpan(start, next - start));
                if (remarked)
                {
                    WriteRemark(writer, _remarks[remark++].Text);
                }

                writer.WriteEndObject();
                start = next;
            }

            writer.WriteEndObject();
        }

        return new Place(row, cell, start, remark);
    }

    private static void WriteValue(Utf8JsonWriter writer, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            writer.WriteNull(Value);
        }
        else
        {
            writer.WriteString(Value, text);
        }
    }

    private static void WriteRemark(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartArray(Messages);
        writer.WriteStartObject();
        writer.WriteString("type", "info");
        writer.WriteString("message", text);
        writer.WriteEndObject();
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

    /// <summary>How far the page is written.</summary>
    private readonly record struct Place(int Row, int Cell, int Start, int Remark);
}
