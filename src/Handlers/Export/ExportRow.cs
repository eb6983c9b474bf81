using System.Text.Json;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Export;

/// <summary>The row that is being exported: its cells as text and as JSON. One object is used for all rows of a sheet.</summary>
internal sealed class ExportRow(int columns, string listSeparator)
{
    private readonly Cell[] _cells = new Cell[columns];
    private readonly List<ExportMessage> _messages = [];
    private ReadOnlyMemory<byte> _line;
    private char[] _text = new char[4 * 1024];
    private int _length;

    /// <summary>The record's id.</summary>
    public string Id { get; set; } = "";

    /// <summary>How many columns there are.</summary>
    public int Count => columns;

    /// <summary>The messages on its cells, in the order they came.</summary>
    public IReadOnlyList<ExportMessage> Messages => _messages;

    /// <summary>Text, number, boolean or empty: what the value is on the wire.</summary>
    public CellKind Kind(int column) => _cells[column].Kind;

    /// <summary>The value as text; lists are joined.</summary>
    public ReadOnlySpan<char> Text(int column) => _text.AsSpan(_cells[column].Start, _cells[column].Length);

    /// <summary>The value as JSON; empty for an empty cell.</summary>
    public ReadOnlySpan<byte> Json(int column) => _line.Span.Slice(_cells[column].JsonStart, _cells[column].JsonLength);

    /// <summary>Forgets the row before.</summary>
    /// <param name="line">What the places of the new row's JSON count from.</param>
    public void Clear(ReadOnlyMemory<byte> line)
    {
        Array.Fill(_cells, new Cell { Kind = CellKind.Empty });
        _messages.Clear();
        _line = line;
        _length = 0;
        Id = "";
    }

    public void Add(ExportMessage message) => _messages.Add(message);

    /// <summary>Takes the value the reader stands on, and leaves the reader at its end.</summary>
    public void Set(int column, ref Utf8JsonReader reader)
    {
        var (start, from) = (_length, (int)reader.TokenStartIndex);
        var kind = reader.TokenType switch
        {
            JsonTokenType.Null => CellKind.Empty,
            JsonTokenType.Number => CellKind.Number,
            JsonTokenType.True or JsonTokenType.False => CellKind.Boolean,
            _ => CellKind.Text,
        };
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return;
            case JsonTokenType.StartArray:
                List(ref reader);
                break;
            case JsonTokenType.StartObject:
                reader.Skip();
                Append(_line.Span[from..(int)reader.BytesConsumed]);
                break;
            default:
                Append(ref reader);
                break;
        }

        _cells[column] = new Cell { Kind = kind, Start = start, Length = _length - start, JsonStart = from, JsonLength = (int)reader.BytesConsumed - from };
    }

    private void List(ref Utf8JsonReader reader)
    {
        for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
        {
            if (!first)
            {
                Grow(listSeparator.Length);
                listSeparator.CopyTo(_text.AsSpan(_length));
                _length += listSeparator.Length;
            }

            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                var from = (int)reader.TokenStartIndex;
                reader.Skip();
                Append(_line.Span[from..(int)reader.BytesConsumed]);
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                Append(ref reader);
            }
        }
    }

    private void Append(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Append(reader.ValueSpan);
            return;
        }

        Grow(reader.ValueSpan.Length);
        _length += reader.CopyString(_text.AsSpan(_length));
    }

    private void Append(ReadOnlySpan<byte> utf8)
    {
        Grow(utf8.Length);
        _length += System.Text.Encoding.UTF8.GetChars(utf8, _text.AsSpan(_length));
    }

    private void Grow(int by)
    {
        if (_length + by > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + by));
        }
    }

    private struct Cell
    {
        public CellKind Kind;
        public int Start;
        public int Length;
        public int JsonStart;
        public int JsonLength;
    }
}
