using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>One row of a sheet: its cells that hold something, in buffers that are used again for the next row.</summary>
internal sealed class SheetRow
{
    /// <summary>Characters of the longest text a cell may hold; a spreadsheet program takes 32,767.</summary>
    public const int MaxCell = 1024 * 1024;

    private char[] _text = new char[4096];
    private Cell[] _cells = new Cell[64];
    private int[] _places = new int[64];
    private int _textLength;

    /// <summary>As the program shows it: the first is 1.</summary>
    public long Number { get; private set; }

    /// <summary>Why the row cannot be taken; null when it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Cells that hold a text or a remark.</summary>
    public int Count { get; private set; }

    /// <summary>A cell holds more than blanks.</summary>
    public bool HasContent { get; private set; }

    /// <summary>Begins the next row.</summary>
    public void Clear(long number)
    {
        for (var i = 0; i < Count; i++)
        {
            _places[_cells[i].Column] = 0;
        }

        (Number, Refusal, Count, HasContent, _textLength) = (number, null, 0, false, 0);
    }

    /// <summary>Refuses the row; the first reason stays.</summary>
    public void Refuse(string reason) => Refusal ??= reason;

    /// <summary>Refuses the row for the length of a cell's text.</summary>
    public void RefuseLong(int column) => Refuse($"row {Number} holds a text longer than 1 million characters in cell {CellName.Of(column, Number)}");

    /// <summary>Place for a text that the next <see cref="Add(int, CellKind, int, string?)"/> takes.</summary>
    public Span<char> Reserve(int length)
    {
        if (_textLength + length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + length));
        }

        return _text.AsSpan(_textLength);
    }

    /// <summary>Adds a cell whose text stands at the beginning of the reserved place.</summary>
    /// <returns>False when the row has a cell in this column already.</returns>
    public bool Add(int column, CellKind kind, int length, string? remark = null)
    {
        if (column >= _places.Length)
        {
            Array.Resize(ref _places, Math.Max(_places.Length * 2, column + 1));
        }

        if (_places[column] > 0)
        {
            return false;
        }

        if (Count == _cells.Length)
        {
            Array.Resize(ref _cells, Count * 2);
        }

        _cells[Count++] = new Cell(column, kind, _textLength, length, remark);
        _places[column] = Count;
        HasContent |= remark is not null || !_text.AsSpan(_textLength, length).IsWhiteSpace();
        _textLength += length;
        return true;
    }

    /// <summary>Adds a cell.</summary>
    /// <returns>False when the row has a cell in this column already.</returns>
    public bool Add(int column, CellKind kind, ReadOnlySpan<char> text, string? remark = null)
    {
        text.CopyTo(Reserve(text.Length));
        return Add(column, kind, text.Length, remark);
    }

    /// <summary>The sheet's column, 0 for A, of the cell at this place.</summary>
    public int ColumnAt(int place) => _cells[place].Column;

    public ReadOnlySpan<char> Text(int column) => Place(column) is var place and >= 0 ? TextAt(place) : default;

    public CellKind Kind(int column) => Place(column) is var place and >= 0 ? _cells[place].Kind : CellKind.Empty;

    public string? Remark(int column) => Place(column) is var place and >= 0 ? _cells[place].Remark : null;

    private ReadOnlySpan<char> TextAt(int place) => _text.AsSpan(_cells[place].Start, _cells[place].Length);

    private int Place(int column) => column < _places.Length ? _places[column] - 1 : -1;

    private readonly record struct Cell(int Column, CellKind Kind, int Start, int Length, string? Remark);
}
