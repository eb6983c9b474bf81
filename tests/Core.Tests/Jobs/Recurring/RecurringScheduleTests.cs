using System.Globalization;
using Flatfile.Agent.Core.Jobs.Recurring;

namespace Core.Tests.Jobs.Recurring;

public sealed class RecurringScheduleTests
{
    // In Berlin the hour from 2 to 3 is left out on 30 March 2025, and comes twice on 26 October 2025.
    [Theory]
    [Trait("Row", "J-30")]
    [InlineData("30 2 * * *", "2025-03-29T01:30Z", "2025-03-30T01:00Z", "2025-03-31T00:30Z")]
    [InlineData("30 2 * * *", "2025-10-25T00:30Z", "2025-10-26T00:30Z", "2025-10-27T01:30Z")]
    [InlineData("0 * * * *", "2025-03-30T00:00Z", "2025-03-30T01:00Z", "2025-03-30T02:00Z")]
    [InlineData("0 * * * *", "2025-10-26T00:00Z", "2025-10-26T01:00Z", "2025-10-26T02:00Z")]
    [InlineData("0 3 * * *", "2025-03-29T02:00Z", "2025-03-30T01:00Z", "2025-03-31T01:00Z")]
    [InlineData("0 3 * * *", "2025-10-25T01:00Z", "2025-10-26T02:00Z", "2025-10-27T02:00Z")]
    public void Each_slot_comes_once_when_the_hour_changes(string cron, string from, string first, string second)
    {
        var schedule = RecurringSchedule.Parse(cron, "Europe/Berlin");

        var one = schedule.After(Time(from));
        var two = schedule.After(one!.Value);

        Assert.Equal(Time(first), one);
        Assert.Equal(Time(second), two);
    }

    [Fact]
    public void What_has_come_is_counted_and_only_the_latest_is_named()
    {
        var schedule = RecurringSchedule.Parse("*/5 * * * *", "UTC");

        Assert.Equal((Time("2025-01-01T00:00Z"), 1), schedule.Due(Time("2025-01-01T00:00Z"), Time("2025-01-01T00:04:59Z")));
        Assert.Equal((Time("2025-01-01T00:15Z"), 4), schedule.Due(Time("2025-01-01T00:00Z"), Time("2025-01-01T00:16Z")));
        var seconds = RecurringSchedule.Parse("* * * * * *", "UTC");
        Assert.Equal((Time("2026-01-01T00:00Z"), 10_000), seconds.Due(Time("2025-01-01T00:00Z"), Time("2026-01-01T00:00Z")));
    }

    [Theory]
    [InlineData("every day", "UTC", "'every day' is no cron expression")]
    [InlineData("61 * * * *", "UTC", "such as '0 3 * * *'")]
    [InlineData("0 3 * * *", "Europe/Nowhere", "'Europe/Nowhere' is no time zone")]
    public void What_cannot_be_used_is_said(string cron, string zone, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => RecurringSchedule.Parse(cron, zone)).Message, StringComparison.Ordinal);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
