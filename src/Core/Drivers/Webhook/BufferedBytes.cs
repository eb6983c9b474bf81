namespace Flatfile.Agent.Core.Drivers.Webhook;

/// <summary>Counts bytes held in memory, up to a limit.</summary>
internal sealed class BufferedBytes(long limit)
{
    private long _held;

    public long Held => Interlocked.Read(ref _held);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= limit)
        {
            return true;
        }

        Interlocked.Add(ref _held, -bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref _held, -bytes);
}
