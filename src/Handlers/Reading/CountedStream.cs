namespace Flatfile.Agent.Handlers.Reading;

/// <summary>A stream that knows how many bytes were read from it.</summary>
internal sealed class CountedStream(Stream inner) : ForwardStream
{
    private long _count;

    /// <summary>Bytes read so far; may be asked by another thread.</summary>
    public long Count => Interlocked.Read(ref _count);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Interlocked.Add(ref _count, read);
        return read;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Interlocked.Add(ref _count, read);
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
}
