namespace Flatfile.Spaces.Tests.Support;

/// <summary>The real clock, moved ahead at will. Timers are real.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private TimeSpan _ahead;

    public void Step(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
}
