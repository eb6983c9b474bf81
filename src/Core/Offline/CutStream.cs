namespace Flatfile.Agent.Core.Offline;

/// <summary>A recorded body that ends earlier than the real one did: it is read as far as it goes, and then says so.</summary>
internal sealed class CutStream(byte[] known, string why) : MemoryStream(known, writable: false)
{
    public override int Read(byte[] buffer, int offset, int count) => Known(base.Read(buffer, offset, count), count);

    public override int Read(Span<byte> buffer) => Known(base.Read(buffer), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<int>(Known(base.Read(buffer.Span), buffer.Length));
    }

    public override void CopyTo(Stream destination, int bufferSize) => throw new NotRecordedException(why);

    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new NotRecordedException(why);

    private int Known(int count, int asked) => count > 0 || asked == 0 ? count : throw new NotRecordedException(why);
}
