namespace Flatfile.Agent.Handlers.Tests.Support;

/// <summary>A beginning, then the same bytes again and again, up to a length.</summary>
internal sealed class RepeatingStream(byte[] head, byte[] again, long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        count = (int)Math.Min(count, length - Position);
        for (var i = 0; i < count; i++, Position++)
        {
            buffer[offset + i] = Position < head.Length ? head[Position] : again[(Position - head.Length) % again.Length];
        }

        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
