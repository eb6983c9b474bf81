using Flatfile.Agent.Core.Failing;

namespace Core.Tests.Failing;

public sealed class FailPlanTests
{
    [Fact]
    public void Nothing_fails_unless_it_was_asked_for()
    {
        var plan = FailPlan.Read(null);

        Assert.DoesNotContain(FailPoints.All, plan.IsDue);
    }

    [Fact]
    public void A_place_fails_once_when_it_was_met_so_often()
    {
        var plan = FailPlan.Read("job.after-post:3:kill, job.claimed:1:kill");

        Assert.Equal([false, false, true, false], Enumerable.Range(0, 4).Select(_ => plan.IsDue(FailPoints.AfterPost)));
        Assert.True(plan.IsDue(FailPoints.Claimed));
        Assert.False(plan.IsDue(FailPoints.Fetched));
    }

    [Theory]
    [InlineData("job.nowhere:1:kill")]
    [InlineData("job.claimed")]
    [InlineData("job.claimed:0:kill")]
    [InlineData("job.claimed:1:sleep")]
    public void What_is_no_place_is_refused_with_those_there_are(string text) =>
        Assert.Contains("job.after-post", Assert.Throws<FormatException>(() => FailPlan.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_place_has_one_name() => Assert.Equal(FailPoints.All.Count, FailPoints.All.Distinct().Count());
}
