using System.Buffers.Binary;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>Passes packed bytes on and keeps the last of them: gzip ends with the check sum and length of what it holds.</summary>
/// <remarks>The unpacker takes a file that is cut off for one that ends.</remarks>
internal sealed class GzipTail(Stream inner) : ForwardStream
{
    private const int TailLength = 8;

    private readonly byte[] _tail = new byte[TailLength];
    private byte _last;
    private byte _lastButOne;
    private int _members;
    private long _count;

    /// <summary>Bytes passed on.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Whether all bytes arrived, from what they unpacked to.</summary>
    /// <remarks>Of a file of several members the end speaks of the last one only: its length may not be more than the whole.</remarks>
    public bool IsWhole(long length, uint sum)
    {
        var (toldSum, toldLength) = (BinaryPrimitives.ReadUInt32LittleEndian(_tail), BinaryPrimitives.ReadUInt32LittleEndian(_tail.AsSpan(4)));
        return (toldSum == sum && toldLength == (uint)length) || (_members > 1 && toldLength <= length);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Note(buffer.Span[..read]);
        return read;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Note(buffer[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        CountMembers(bytes);
        Interlocked.Add(ref _count, bytes.Length);
        var kept = Math.Max(0, TailLength - bytes.Length);
        _tail.AsSpan(TailLength - kept).CopyTo(_tail);
        bytes[^Math.Min(TailLength, bytes.Length)..].CopyTo(_tail.AsSpan(kept));
        _lastButOne = bytes.Length > 1 ? bytes[^2] : _last;
        _last = bytes[^1];
    }

    /// <summary>A member begins with 1F 8B 08; the three bytes may stand in two reads.</summary>
    private void CountMembers(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> begin = [0x1F, 0x8B, 8];
        _members += bytes.Count(begin);
        _members += _lastButOne == begin[0] && _last == begin[1] && bytes[0] == begin[2] ? 1 : 0;
        _members += _last == begin[0] && bytes.Length > 1 && bytes[0] == begin[1] && bytes[1] == begin[2] ? 1 : 0;
    }
}
