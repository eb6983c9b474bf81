using Azure.Messaging.ServiceBus.Administration;
using Flatfile.Agent.Drivers.AzureServiceBus.Rules;

namespace Drivers.AzureServiceBus.Tests.Rules;

/// <summary>Which filters are known to let every event through.</summary>
public sealed class RuleFiltersTests
{
    [Fact]
    public void TheFilterForEverythingIsKnownInEachOfItsForms() =>
        Assert.All<RuleFilter>([new TrueRuleFilter(), new SqlRuleFilter("1=1"), new SqlRuleFilter("1 = 1")], f => Assert.True(RuleFilters.TakesEverything(f)));

    [Fact]
    public void NoOtherFilterIsTakenForIt() =>
        Assert.All<RuleFilter>(
            [new FalseRuleFilter(), new SqlRuleFilter("topic = '1=1'"), new CorrelationRuleFilter { Subject = "1=1" }], f => Assert.False(RuleFilters.TakesEverything(f)));
}
