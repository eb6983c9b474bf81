using System.IO.Hashing;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Spreadsheets.Package;

/// <summary>The unpacked bytes of a part: counted, kept within what honest files expand to, and compared with their checksum at the end.</summary>
/// <param name="inner">Unpacks; disposed with this stream.</param>
/// <param name="part">Its name, for messages.</param>
/// <param name="checksum">CRC-32 of the whole part as the archive tells it.</param>
/// <param name="limit">More bytes than these are refused.</param>
internal sealed class PartStream(Stream inner, string part, uint checksum, long limit) : ForwardStream
{
    private readonly Crc32 _crc = new();
    private long _count;

    /// <summary>Bytes read so far; may be asked by another thread.</summary>
    public long Count => Interlocked.Read(ref _count);

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    /// <exception cref="UnreadableFileException">The part is damaged or expands too far.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            return Check(buffer.Span, read);
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
            return Check(buffer, inner.Read(buffer));
        }
        catch (InvalidDataException fault)
        {
            throw Damaged(fault);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Check(Span<byte> buffer, int read)
    {
        if (read == 0 && buffer.Length > 0 && _crc.GetCurrentHashAsUInt32() != checksum)
        {
            throw Damaged();
        }

        if (Interlocked.Add(ref _count, read) > limit)
        {
            throw new UnreadableFileException(
                $"The part {part} of this workbook expands too far: to more than {limit / 1024 / 1024:N0} MB, which is no honest size beside the file's own. If the file is good, save it as CSV (UTF-8), and upload that.");
        }

        _crc.Append(buffer[..read]);
        return read;
    }

    private UnreadableFileException Damaged(InvalidDataException? fault = null) => new(
        $"The part {part} of this workbook is damaged: it does not unpack to what was packed. Get the file again from where it came from, and upload it anew.", fault);
}
