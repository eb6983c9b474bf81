namespace Flatfile.Agent.Core.Recording;

/// <summary>Passes reads on and tells a recording of each.</summary>
internal sealed class SeenReads(Stream source, RecordedExchange exchange) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        See(buffer.Span[..count], buffer.Length);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = source.Read(buffer, offset, count);
        See(buffer.AsSpan(offset, read), count);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            exchange.Ended(whole: false);
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void See(ReadOnlySpan<byte> bytes, int asked)
    {
        if (bytes.Length > 0)
        {
            exchange.Received(bytes);
        }
        else if (asked > 0)
        {
            exchange.Ended(whole: true);
        }
    }
}
