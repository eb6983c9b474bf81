using Flatfile.Agent;
using Flatfile.Agent.Core.Jobs.Recurring;
using Flatfile.Agent.Core.Plugins;

namespace Core.Tests.Jobs.Recurring;

public sealed class RecurringReaderTests
{
    [Fact]
    public void TheAttributeSaysWhenAndHow()
    {
        var work = RecurringReader.Read(typeof(Good), "P", null);

        Assert.Equal(
            ("good", "30 2 * * 1 Europe/Berlin", RecurringOverlap.Replace, RecurringMisfire.Skip, TimeSpan.FromHours(1)),
            (work.Id, work.Schedule!.ToString(), work.Overlap, work.Misfire, work.Timeout));
    }

    [Fact]
    public void AClassWithoutTimesRunsWhenItIsAskedOrWhenTheSettingsSay()
    {
        var work = RecurringReader.Read(typeof(Timeless), "P", null);

        Assert.Null(work.Schedule);
        Assert.Equal("P/" + typeof(Timeless).FullName, work.Id);
        Assert.Equal("0 3 * * * UTC", RecurringWork.Of(work, new RecurringOptions { Cron = "0 3 * * *" }).ScheduleText);
    }

    [Theory]
    [InlineData(typeof(BadCron), "is no cron expression")]
    [InlineData(typeof(BadZone), "is no time zone")]
    [InlineData(typeof(BadTimeout), "is no time")]
    public void WhatCannotBeUsedRefusesThePluginAndNamesTheClass(Type type, string said)
    {
        var fault = Assert.Throws<PluginRefusedException>(() => RecurringReader.Read(type, "P", null));

        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.Contains(type.FullName!, fault.Message, StringComparison.Ordinal);
    }

    [Recurring("30 2 * * 1", Id = "good", TimeZone = "Europe/Berlin", Overlap = RecurringOverlap.Replace, Misfire = RecurringMisfire.Skip, Timeout = "01:00:00")]
    private sealed class Good : Work;

    [Recurring("never")]
    private sealed class BadCron : Work;

    [Recurring("* * * * *", TimeZone = "Mars")]
    private sealed class BadZone : Work;

    [Recurring("* * * * *", Timeout = "soon")]
    private sealed class BadTimeout : Work;

    private sealed class Timeless : Work;

    private abstract class Work : IRecurringHandler
    {
        public Task<RecurringResult> RunAsync(RecurringContext context, CancellationToken cancellationToken) => Task.FromResult(new RecurringResult("done"));
    }
}
