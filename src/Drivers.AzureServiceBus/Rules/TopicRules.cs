using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Rules;

/// <summary>Keeps the subscription's rules as the handlers need them, as long as the driver receives. Rules of others are not touched.</summary>
internal sealed partial class TopicRules(BusConnection connection, IEnumerable<IBoundTopics> bound, TimeProvider time, ILogger<TopicRules> log)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(30);

    /// <summary>Asks the bus at the start, when the handlers' topics change, and now and then.</summary>
    public async Task KeepAsync(CancellationToken stopping)
    {
        var options = connection.Options;
        if (!options.PushDownTopics || !options.UsesTopic || bound.LastOrDefault() is not { } topics)
        {
            return;
        }

        string? done = null;
        var asked = 0L;
        while (!stopping.IsCancellationRequested)
        {
            var wait = Look;
            try
            {
                var wanted = topics.Topics;
                var key = wanted is null ? "" : string.Join('\n', wanted.Order(StringComparer.Ordinal));
                if (key != done || time.GetElapsedTime(asked) > AskAgain)
                {
                    await ApplyAsync(wanted, stopping).ConfigureAwait(false);
                    (done, asked) = (key, time.GetTimestamp());
                }
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                NotApplied(log, fault, options.ReceiveFrom);
                (done, wait) = (null, AfterFault);
            }

            await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Adds what is missing, and only when all of that stands removes what may go.</summary>
    public async Task ApplyAsync(IReadOnlyCollection<string>? topics, CancellationToken cancellationToken)
    {
        await using var rules = connection.Client.CreateRuleManager(connection.Options.Topic, connection.Options.Subscription);
        var existing = new List<RuleProperties>();
        await foreach (var rule in rules.GetRulesAsync(cancellationToken).ConfigureAwait(false))
        {
            existing.Add(rule);
        }

        var takesAll = existing.Any(r => r is { Name: RulePlan.DefaultRule, Action: null } && RuleFilters.TakesEverything(r.Filter));
        var plan = RulePlan.Of([.. existing.Select(r => r.Name)], takesAll, topics, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        foreach (var (name, topic) in plan.Add)
        {
            try
            {
                await rules.CreateRuleAsync(new CreateRuleOptions(name, FilterOf(topic)), cancellationToken).ConfigureAwait(false);
            }
            catch (ServiceBusException fault) when (fault.Reason == ServiceBusFailureReason.MessagingEntityAlreadyExists)
            {
                // Another node was quicker.
            }
        }

        foreach (var name in plan.Remove)
        {
            try
            {
                await rules.DeleteRuleAsync(name, cancellationToken).ConfigureAwait(false);
            }
            catch (ServiceBusException fault) when (fault.Reason == ServiceBusFailureReason.MessagingEntityNotFound)
            {
                // Another node was quicker.
            }
        }

        if (plan.Add.Count + plan.Remove.Count > 0)
        {
            Applied(log, connection.Options.ReceiveFrom, topics is null ? "all events" : $"{topics.Count} topics", plan.Add.Count, plan.Remove.Count);
        }
    }

    /// <summary>A comparison of values, not a text in which a topic would have to be quoted.</summary>
    private static RuleFilter FilterOf(string? topic)
    {
        if (topic is null)
        {
            return new TrueRuleFilter();
        }

        var filter = new CorrelationRuleFilter();
        filter.ApplicationProperties[BusMessage.TopicProperty] = topic;
        return filter;
    }
}
