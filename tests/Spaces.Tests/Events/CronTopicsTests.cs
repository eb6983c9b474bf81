using Flatfile.Spaces.Events;
using Flatfile.Spaces.Tests.Support;

namespace Flatfile.Spaces.Tests.Events;

/// <summary>The topics of the clock: each slot once.</summary>
public sealed class CronTopicsTests
{
    [Fact]
    public async Task EachSlotIsRaisedOnceInEveryEnvironmentHoweverOftenTheClockIsLookedAtOrSetBack()
    {
        var time = new SteppedTime();
        await using var server = await SpacesServer.StartAsync(time: time);
        await server.OtherEnvironmentAsync();
        var clock = server.Service<CronTopics>();
        var environments = (await server.DataAsync("GET", "environments")).AsArray().Count;
        Assert.Equal(0, await clock.RunOnceAsync(CancellationToken.None));

        time.Step(TimeSpan.FromDays(7));
        var raised = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => clock.RunOnceAsync(CancellationToken.None)));
        Assert.Equal(4 * environments, raised.Sum());
        time.Step(TimeSpan.FromHours(-2));
        Assert.Equal(0, await clock.RunOnceAsync(CancellationToken.None));
        time.Step(TimeSpan.FromHours(3));
        Assert.Equal(2 * environments, await clock.RunOnceAsync(CancellationToken.None) - (Crossed(time, TimeSpan.FromHours(1)) * environments));

        var topics = (await server.DataAsync("GET", "events?since=2000-01-01T00:00:00Z&domain=cron")).AsArray().Select(e => (string)e!["topic"]!).ToList();
        Assert.Equal(2, topics.Count(t => t == "cron:5-minutes"));
        Assert.Equal(2, topics.Count(t => t == "cron:hourly"));
        Assert.InRange(topics.Count(t => t == "cron:daily"), 1, 2);
        Assert.InRange(topics.Count(t => t == "cron:weekly"), 1, 2);
    }

    [Fact]
    public async Task OfSlotsThatPassedWhileTheServerWasDownTheLatestIsRaised()
    {
        var folder = Path.Combine(Path.GetTempPath(), "spaces-" + Guid.NewGuid().ToString("N"));
        try
        {
            var time = new SteppedTime();
            await using (var server = await SpacesServer.StartAsync(folder, time: time))
            {
                await server.Service<CronTopics>().RunOnceAsync(CancellationToken.None);
            }

            time.Step(TimeSpan.FromDays(30));
            await using var again = await SpacesServer.StartAsync(folder, time: time);
            var environments = (await again.DataAsync("GET", "environments")).AsArray().Count;
            Assert.Equal(4 * environments, await again.Service<CronTopics>().RunOnceAsync(CancellationToken.None));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Slots of days and weeks that the last step crossed too.</summary>
    private static int Crossed(TimeProvider time, TimeSpan step)
    {
        var (now, before) = (time.GetUtcNow(), time.GetUtcNow() - step);
        return now.Date == before.Date ? 0 : now.DayOfWeek == DayOfWeek.Monday ? 2 : 1;
    }
}
