using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Flatfile.Agent.Handlers.Spreadsheets.Package;

/// <summary>The texts of a workbook, which cells refer to by number: in memory as long as they are few, in a file when they are many.</summary>
internal sealed class SharedStrings : IDisposable
{
    private const int TextBudget = 24 * 1024 * 1024;
    private const int EndBudget = 8 * 1024 * 1024;

    private readonly ByteStore _text = new(TextBudget);
    private readonly ByteStore _ends = new(EndBudget);
    private byte[] _spareText = [];
    private byte[] _spareEnds = [];

    public SharedStrings() => AddEnd();

    public long Count { get; private set; }

    /// <summary>True when the texts did not fit into memory.</summary>
    public bool IsSpilled => _text.IsSpilled || _ends.IsSpilled;

    /// <summary>Adds the next text as UTF-8; bytes that are none are kept, and the cells that use them refused.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        _text.Append(text);
        Count++;
        AddEnd();
    }

    /// <summary>Adds the next text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        Add(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>The UTF-8 of a text; valid until the next call.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    public ReadOnlySpan<byte> Get(long index)
    {
        var ends = _ends.Read(index * sizeof(long), 2 * sizeof(long), ref _spareEnds);
        var start = BinaryPrimitives.ReadInt64LittleEndian(ends);
        return _text.Read(start, (int)(BinaryPrimitives.ReadInt64LittleEndian(ends[sizeof(long)..]) - start), ref _spareText);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _text.Dispose();
        _ends.Dispose();
    }

    private void AddEnd()
    {
        Span<byte> end = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(end, _text.Length);
        _ends.Append(end);
    }
}
