namespace Contracts.Support;

/// <summary>A clock on the wall that a test sets; waits and timestamps go on as they are.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long _ticks;

    public ShiftedTime(DateTimeOffset now) => Set(now);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);

    public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
