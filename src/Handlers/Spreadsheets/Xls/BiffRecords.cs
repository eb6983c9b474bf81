using System.Buffers.Binary;

namespace Flatfile.Agent.Handlers.Spreadsheets.Xls;

/// <summary>Walks through the records of a stream.</summary>
/// <param name="stream">Seekable.</param>
internal sealed class BiffRecords(Stream stream)
{
    private const int HeadLength = 4;

    private readonly BufferedStream _stream = new(stream, 64 * 1024);
    private readonly byte[] _head = new byte[HeadLength];
    private byte[] _data = new byte[8224];
    private int _length;
    private bool _peeked;

    /// <summary>What the record is; one of <see cref="BiffRecord"/>, or another.</summary>
    public int Id { get; private set; }

    public ReadOnlySpan<byte> Data => _data.AsSpan(0, _length);

    /// <summary>Of the byte behind the record.</summary>
    public long Position => _stream.Position - (_peeked ? HeadLength : 0);

    public long Length => stream.Length;

    /// <summary>Goes to another place.</summary>
    public void Seek(long position)
    {
        _stream.Position = Math.Min(position, stream.Length);
        _peeked = false;
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>False at the stream's end, also inside a record.</returns>
    public bool Read()
    {
        if (!Peek())
        {
            return false;
        }

        _peeked = false;
        Id = BinaryPrimitives.ReadUInt16LittleEndian(_head);
        _length = BinaryPrimitives.ReadUInt16LittleEndian(_head.AsSpan(2));
        if (_data.Length < _length)
        {
            _data = new byte[ushort.MaxValue];
        }

        return _stream.ReadAtLeast(_data.AsSpan(0, _length), _length, throwOnEndOfStream: false) == _length;
    }

    /// <summary>Reads the next record when it continues the one before.</summary>
    public bool ReadContinued() => Peek() && BinaryPrimitives.ReadUInt16LittleEndian(_head) == BiffRecord.Continue && Read();

    /// <summary>A number at a place of the record; 0 behind its end.</summary>
    public int Small(int at) => at + sizeof(ushort) <= _length ? BinaryPrimitives.ReadUInt16LittleEndian(_data.AsSpan(at)) : 0;

    /// <inheritdoc cref="Small"/>
    public uint Number(int at) => at + sizeof(uint) <= _length ? BinaryPrimitives.ReadUInt32LittleEndian(_data.AsSpan(at)) : 0;

    /// <inheritdoc cref="Small"/>
    public double Real(int at) => at + sizeof(double) <= _length ? BinaryPrimitives.ReadDoubleLittleEndian(_data.AsSpan(at)) : 0;

    /// <inheritdoc cref="Small"/>
    public byte Byte(int at) => at < _length ? _data[at] : (byte)0;

    private bool Peek()
    {
        _peeked = _peeked || _stream.ReadAtLeast(_head, HeadLength, throwOnEndOfStream: false) == HeadLength;
        return _peeked;
    }
}
