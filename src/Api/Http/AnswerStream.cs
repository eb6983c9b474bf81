namespace Flatfile.Api;

/// <summary>A download read as it comes. Owns the answer, and gives up when nothing comes for the time limit.</summary>
internal sealed class AnswerStream(Stream body, HttpResponseMessage answer, AttemptLimit limit) : Stream
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
        limit.Renew();
        using var linked = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token) : null;
        try
        {
            return await body.ReadAsync(buffer, linked?.Token ?? limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (limit.Passed && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The download stood still for {limit.Time.TotalSeconds:0.#} seconds and was given up.", late);
        }
        finally
        {
            limit.Rest();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => body.Read(buffer, offset, count);

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
            body.Dispose();
            answer.Dispose();
            limit.Dispose();
        }

        base.Dispose(disposing);
    }
}
