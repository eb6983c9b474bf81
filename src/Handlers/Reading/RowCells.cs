namespace Flatfile.Agent.Handlers.Reading;

/// <summary>The cells of the current row of a table, in one buffer that is used again for the next row.</summary>
internal sealed class RowCells(int columns)
{
    private readonly Slot[] _slots = new Slot[columns];
    private char[] _text = new char[1024];
    private int _length;

    /// <summary>True when any cell has text.</summary>
    public bool HasContent { get; private set; }

    /// <summary>True when any cell holds that character.</summary>
    public bool Holds(char character) => _text.AsSpan(0, _length).Contains(character);

    public void Clear()
    {
        Array.Clear(_slots);
        _length = 0;
        HasContent = false;
    }

    /// <summary>Room to write a cell's text into, before <see cref="Set(int, int, CellKind)"/>.</summary>
    public Span<char> Room(int length)
    {
        if (_text.Length - _length < length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + length));
        }

        return _text.AsSpan(_length);
    }

    /// <summary>Makes what was written into <see cref="Room"/> the text of a cell.</summary>
    public void Set(int column, int written, CellKind kind)
    {
        ref var slot = ref _slots[column];
        slot.Start = _length;
        slot.Length = written;
        slot.Kind = written == 0 ? CellKind.Empty : kind;
        slot.IsSet = true;
        _length += written;
        HasContent |= written > 0;
    }

    public void Set(int column, ReadOnlySpan<char> text, CellKind kind)
    {
        text.CopyTo(Room(text.Length));
        Set(column, text.Length, kind);
    }

    /// <summary>Something a person should know of a cell; a second remark stands behind the first.</summary>
    public void Note(int column, string remark)
    {
        ref var slot = ref _slots[column];
        slot.Remark = slot.Remark is null ? remark : $"{slot.Remark} {remark}";
    }

    /// <summary>True when the row gave this cell a value, be it an empty one.</summary>
    public bool IsSet(int column) => _slots[column].IsSet;

    public ReadOnlySpan<char> Cell(int column) => _text.AsSpan(_slots[column].Start, _slots[column].Length);

    public CellKind Kind(int column) => _slots[column].IsSet ? _slots[column].Kind : CellKind.Empty;

    public string? Remark(int column) => _slots[column].Remark;

    private struct Slot
    {
        public int Start;
        public int Length;
        public CellKind Kind;
        public bool IsSet;
        public string? Remark;
    }
}
