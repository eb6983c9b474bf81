using System.Buffers.Binary;
using System.IO.Hashing;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Archives;

/// <summary>The bytes of a packed file: counted against the budget, compared with their check sum at the end, damage told as such.</summary>
/// <param name="inner">Unpacks.</param>
/// <param name="name">The file's name, for messages.</param>
/// <param name="budget">What may still be unpacked.</param>
/// <param name="isWhole">Says at the end, from length and check sum, whether this is all of the file.</param>
internal sealed class UnpackedStream(Stream inner, string name, UnpackBudget budget, Func<long, uint, bool> isWhole) : ForwardStream
{
    private readonly Crc32 _sum = new();
    private long _length;

    /// <summary>Bytes unpacked; may be asked by another thread.</summary>
    public long Count => Interlocked.Read(ref _length);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            return Taken(buffer.Span[..read], buffer.Length);
        }
        catch (InvalidDataException fault)
        {
            throw Damaged(fault);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = inner.Read(buffer);
            return Taken(buffer[..read], buffer.Length);
        }
        catch (InvalidDataException fault)
        {
            throw Damaged(fault);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Taken(ReadOnlySpan<byte> bytes, int wanted)
    {
        if (bytes.Length > 0)
        {
            _sum.Append(bytes);
            Interlocked.Add(ref _length, bytes.Length);
            budget.Take(bytes.Length);
        }
        else if (wanted > 0 && !isWhole(_length, BinaryPrimitives.ReadUInt32LittleEndian(_sum.GetCurrentHash())))
        {
            throw Damaged(null);
        }

        return bytes.Length;
    }

    private UnreadableFileException Damaged(Exception? fault) =>
        new($"'{name}' is damaged or cut off in its archive: it does not unpack to what the archive says. Pack it again and upload the archive again.", fault);
}
