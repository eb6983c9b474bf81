using Azure.Messaging.ServiceBus.Administration;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Rules;

/// <summary>What a rule's filter lets through.</summary>
internal static class RuleFilters
{
    /// <summary>True for the filter a subscription is born with, and for the same written as a condition: a rule made by hand or by a tool comes back as one.</summary>
    public static bool TakesEverything(RuleFilter filter) =>
        filter is TrueRuleFilter || (filter is SqlRuleFilter { SqlExpression: { } condition } && condition.Replace(" ", "", StringComparison.Ordinal) == "1=1");
}
