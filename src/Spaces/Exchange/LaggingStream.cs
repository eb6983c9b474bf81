using System.Buffers;

namespace Flatfile.Spaces.Exchange;

/// <summary>Holds back what is written synchronously until the next asynchronous write: the ZIP writer ends its entries with a few such bytes, which a web server refuses.</summary>
internal sealed class LaggingStream(Stream target) : Stream
{
    private readonly ArrayBufferWriter<byte> _held = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => _held.Write(buffer);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await target.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Passes on what was held.</summary>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_held.WrittenCount > 0)
        {
            await target.WriteAsync(_held.WrittenMemory, cancellationToken).ConfigureAwait(false);
            _held.ResetWrittenCount();
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
