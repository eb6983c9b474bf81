using Flatfile.Agent.Drivers.AzureServiceBus.Rules;

namespace Drivers.AzureServiceBus.Tests.Rules;

/// <summary>Which rules come and go: nothing that somebody may still need is taken away.</summary>
public sealed class RulePlanTests
{
    private static readonly DateOnly Today = new(2026, 3, 10);

    [Fact]
    public void ANewSubscriptionGetsARuleForEachTopicAndLosesTheOneForAll()
    {
        var plan = RulePlan.Of([RulePlan.DefaultRule], true, ["job:ready", "space:*weird'"], Today);

        Assert.Equal(["job:ready", "space:*weird'"], plan.Add.Select(a => a.Topic));
        Assert.All(plan.Add, a => Assert.Matches("^flatfile-[0-9a-f]{24}-20260310$", a.Name));
        Assert.Equal([RulePlan.DefaultRule], plan.Remove);
    }

    [Fact]
    public void WhatIsThereOfTodayIsNotAddedAgain()
    {
        var first = RulePlan.Of([RulePlan.DefaultRule], true, ["job:ready"], Today);

        var second = RulePlan.Of([.. first.Add.Select(a => a.Name)], false, ["job:ready"], Today);

        Assert.Empty(second.Add);
        Assert.Empty(second.Remove);
    }

    [Fact]
    public void AGlobBringsARuleForEverythingAndTakesNoTopicAway()
    {
        var topics = RulePlan.Of([], false, ["job:ready"], Today).Add.Select(a => a.Name).ToList();

        var plan = RulePlan.Of(topics, false, null, Today);

        Assert.Equal(("flatfile-all-20260310", (string?)null), Assert.Single(plan.Add));
        Assert.Empty(plan.Remove);
    }

    [Fact]
    public void AnotherNodesTopicsStayForDaysAndGoWhenNobodyAskedForThem()
    {
        var others = RulePlan.Of([], false, ["file:created"], Today).Add.Single().Name;

        Assert.Empty(RulePlan.Of([others], false, ["job:ready"], Today.AddDays(RulePlan.KeptDays)).Remove);
        Assert.Equal([others], RulePlan.Of([others], false, ["job:ready"], Today.AddDays(RulePlan.KeptDays + 1)).Remove);
    }

    [Fact]
    public void ARuleIsRenewedEachDayByANewOneBesideTheOld()
    {
        var old = RulePlan.Of([], false, ["job:ready"], Today).Add.Single().Name;

        var plan = RulePlan.Of([old], false, ["job:ready"], Today.AddDays(1));

        Assert.Equal("job:ready", Assert.Single(plan.Add).Topic);
        Assert.Equal([old], plan.Remove);
    }

    [Fact]
    public void AClockThatIsBehindTakesNothingAway()
    {
        var newer = RulePlan.Of([], false, ["job:ready"], Today).Add.Single().Name;

        var plan = RulePlan.Of([newer], false, ["job:ready"], Today.AddDays(-1));

        Assert.Empty(plan.Add);
        Assert.Empty(plan.Remove);
    }

    [Fact]
    public void RulesOfOthersAreNotTouched() =>
        Assert.Empty(RulePlan.Of(["mine", "flatfile-", "flatfile-x", "flatfile-x-2026", RulePlan.DefaultRule], false, ["job:ready"], Today).Remove);

    [Fact]
    public void ManyTopicsAreOneRuleForEverything()
    {
        var plan = RulePlan.Of([], false, [.. Enumerable.Range(0, RulePlan.MostTopics + 1).Select(i => $"t:{i}")], Today);

        Assert.Null(Assert.Single(plan.Add).Topic);
    }

    [Fact]
    public void WhatIsMissingIsNamed()
    {
        var there = RulePlan.Of([], false, ["job:ready"], Today).Add.Single().Name;

        Assert.Equal(["file:created"], RulePlan.Missing([there], ["job:ready", "file:created"]));
        Assert.Equal(["all events"], RulePlan.Missing([there], null));
    }
}
