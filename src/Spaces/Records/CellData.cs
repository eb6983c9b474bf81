namespace Flatfile.Spaces.Records;

/// <summary>One cell as it lies in the table. The bytes belong to whoever gave it.</summary>
internal readonly ref struct CellData
{
    private CellData(CellKind kind, long integer, ReadOnlySpan<byte> bytes)
    {
        Kind = kind;
        Integer = integer;
        Bytes = bytes;
    }

    public CellKind Kind { get; }

    public long Integer { get; }

    public ReadOnlySpan<byte> Bytes { get; }

    public bool IsEmpty => Kind == CellKind.Null;

    public static CellData OfInteger(long value) => new(CellKind.Integer, value, default);

    /// <summary>Empty text is an empty cell.</summary>
    public static CellData OfText(ReadOnlySpan<byte> text) => text.IsEmpty ? default : new(CellKind.Text, 0, text);

    public static CellData OfJson(ReadOnlySpan<byte> json) => new(CellKind.Json, 0, json);

    public bool Same(CellData other) => Kind == other.Kind && Integer == other.Integer && Bytes.SequenceEqual(other.Bytes);
}
