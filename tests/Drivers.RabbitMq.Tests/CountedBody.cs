using System.Buffers;

namespace Drivers.RabbitMq.Tests;

/// <summary>A body that tells how often it was read, and with that how far a publication has come.</summary>
internal sealed class CountedBody(int length) : MemoryManager<byte>
{
    private readonly byte[] _bytes = new byte[length];
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    public override Span<byte> GetSpan()
    {
        Interlocked.Increment(ref _reads);
        return _bytes;
    }

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
