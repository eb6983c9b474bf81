using Flatfile.Agent.Core.Progress;

namespace Core.Tests.Progress;

public sealed class RemainingTimeTests
{
    private readonly SetTime _time = new();

    [Fact]
    public void The_end_is_told_from_the_rate_once_there_is_one()
    {
        var remaining = new RemainingTime(_time);
        Assert.Null(remaining.Note(20));
        _time.Go(TimeSpan.FromSeconds(10));

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(70), remaining.Note(30));
    }

    [Fact]
    public void Nothing_is_told_while_nothing_moves_and_behind_the_end()
    {
        var remaining = new RemainingTime(_time);
        remaining.Note(20);
        _time.Go(TimeSpan.FromMinutes(1));

        Assert.Null(remaining.Note(20));
        Assert.Null(remaining.Note(100));
    }

    [Fact]
    public void What_was_slow_long_ago_does_not_count()
    {
        var remaining = new RemainingTime(_time);
        remaining.Note(0);
        _time.Go(TimeSpan.FromHours(1));
        remaining.Note(1);
        foreach (var percent in Enumerable.Range(2, 30))
        {
            _time.Go(TimeSpan.FromSeconds(10));
            remaining.Note(percent);
        }

        _time.Go(TimeSpan.FromSeconds(10));

        Assert.Equal(680, (remaining.Note(32)!.Value - _time.GetUtcNow()).TotalSeconds, 0.5);
    }

    /// <summary>A clock that stands until it is told to go.</summary>
    private sealed class SetTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Go(TimeSpan time) => _now += time;

        public override long GetTimestamp() => _now.Ticks;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
