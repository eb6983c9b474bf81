namespace Guides.Tests.Support;

/// <summary>The system's time, moved on by a test.</summary>
internal sealed class MovedTime : TimeProvider
{
    private long _moved;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _moved));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _moved, by.Ticks);
}
