namespace Flatfile.Agent.Handlers.Spreadsheets.Xls;

/// <summary>The bytes of a chain of sectors, one after the other.</summary>
/// <param name="file">Holds the sectors; not disposed here.</param>
/// <param name="chain">Their numbers, in order.</param>
/// <param name="shift">A sector is 2 to this power bytes long.</param>
/// <param name="before">Sectors before the one with the number 0.</param>
/// <param name="length">Bytes of the stream; fewer when the chain is shorter.</param>
internal sealed class SectorStream(Stream file, IReadOnlyList<uint> chain, int shift, int before, long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = Math.Min(length, (long)chain.Count << shift);

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        if (Position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        var offset = Position & ((1L << shift) - 1);
        var run = Run((int)(Position >> shift));
        var taken = (int)Math.Min(Math.Min(buffer.Length, Length - Position), run.Length - offset);
        file.Position = run.Start + offset;
        var read = file.Read(buffer[..taken]);
        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Sectors that stand beside each other in the file are read at once.</summary>
    private (long Start, long Length) Run(int first)
    {
        const int MaxRun = 256;
        var count = 1;
        while (count < MaxRun && first + count < chain.Count && chain[first + count] == chain[first] + (uint)count)
        {
            count++;
        }

        return (((long)chain[first] + before) << shift, (long)count << shift);
    }
}
