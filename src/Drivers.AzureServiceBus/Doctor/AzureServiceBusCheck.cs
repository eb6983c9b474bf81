using Azure.Messaging.ServiceBus;
using Azure.Messaging.ServiceBus.Administration;
using Flatfile.Agent.Drivers.AzureServiceBus.Receiving;
using Flatfile.Agent.Drivers.AzureServiceBus.Rules;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Doctor;

/// <summary>Is the bus there, and are its entities as the settings say.</summary>
internal sealed class AzureServiceBusCheck(BusConnection connection, IEnumerable<IBoundTopics> bound, Func<bool> isUsed) : IDoctorCheck
{
    private const int MostCounted = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public string Subject => "Azure Service Bus";

    public bool IsUsed => isUsed();

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var options = connection.Options;
        var faults = AzureServiceBusOptionsCheck.Faults(options).ToList();
        if (faults.Count > 0)
        {
            return [.. faults.Select(f => new DoctorFinding(DoctorLevel.Bad, f, $"Correct the section {AzureServiceBusOptions.Section}."))];
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            List<DoctorFinding> findings = [.. await EntityAsync(options, limit.Token).ConfigureAwait(false)];
            if (options.UsesTopic && findings.All(f => f.Level != DoctorLevel.Bad))
            {
                findings.Add(await RulesAsync(options, limit.Token).ConfigureAwait(false));
            }

            return findings;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [new DoctorFinding(DoctorLevel.Bad, $"The bus {connection.Client.FullyQualifiedNamespace} did not answer within {Limit.TotalSeconds:0} s.", "Is the namespace right, and may this machine reach it?")];
        }
    }

    private async Task<IReadOnlyList<DoctorFinding>> EntityAsync(AzureServiceBusOptions options, CancellationToken cancellationToken)
    {
        // Whoever may only listen and send can still be told whether the bus is there.
        var reached = await ReachAsync(options, cancellationToken).ConfigureAwait(false);
        if (reached.Level == DoctorLevel.Bad)
        {
            return [reached];
        }

        try
        {
            var facts = await FactsAsync(options, cancellationToken).ConfigureAwait(false);
            return [reached, .. EntityFindings.Of(options, facts)];
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            var why = fault is UnauthorizedAccessException ? "this identity, or this key, has no right to manage it" : "it does not answer to management, as emulators do not";
            return
            [
                reached,
                new DoctorFinding(DoctorLevel.Warning, $"How the {options.ReceiveFrom} is set up could not be read: {why}. Sessions, lock duration and delivery count were not compared.",
                    "Run the doctor once with an identity that may manage the namespace."),
                await DeadLettersAsync(cancellationToken).ConfigureAwait(false),
            ];
        }
    }

    private async Task<DoctorFinding> ReachAsync(AzureServiceBusOptions options, CancellationToken cancellationToken)
    {
        var bus = connection.Client.FullyQualifiedNamespace;
        try
        {
            await using var receiver = connection.CreateReceiver();
            await receiver.PeekMessagesAsync(1, 0, cancellationToken).ConfigureAwait(false);
            return new DoctorFinding(DoctorLevel.Good, $"The {options.ReceiveFrom} at {bus} can be reached, and we may listen.");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new DoctorFinding(DoctorLevel.Bad, $"No events from {options.ReceiveFrom} at {bus}: {Outage.Sentence(fault)}.", "See above; the log of the agent says the same while it tries.");
        }
    }

    private async Task<DoctorFinding> DeadLettersAsync(CancellationToken cancellationToken)
    {
        await using var receiver = connection.CreateReceiver(SubQueue.DeadLetter);
        var dead = await receiver.PeekMessagesAsync(MostCounted, 0, cancellationToken).ConfigureAwait(false);
        return dead.Count == 0
            ? new DoctorFinding(DoctorLevel.Good, "Its dead-letter queue is empty.")
            : new DoctorFinding(DoctorLevel.Warning, $"{dead.Count}{(dead.Count == MostCounted ? " or more" : "")} messages lie in its dead-letter queue.", "Look at their reasons, then resubmit or remove them.");
    }

    private async Task<EntityFacts> FactsAsync(AzureServiceBusOptions options, CancellationToken cancellationToken)
    {
        var administration = connection.CreateAdministration();
        if (!options.UsesTopic)
        {
            var queue = (await administration.GetQueueAsync(options.SendTo, cancellationToken).ConfigureAwait(false)).Value;
            var now = (await administration.GetQueueRuntimePropertiesAsync(options.SendTo, cancellationToken).ConfigureAwait(false)).Value;
            return new EntityFacts
            {
                RequiresSession = queue.RequiresSession,
                LockDuration = queue.LockDuration,
                MaxDeliveryCount = queue.MaxDeliveryCount,
                Waiting = now.ActiveMessageCount,
                DeadLetters = now.DeadLetterMessageCount,
                DetectsDuplicates = queue.RequiresDuplicateDetection,
                IsActive = queue.Status == EntityStatus.Active,
            };
        }

        var topic = (await administration.GetTopicAsync(options.Topic, cancellationToken).ConfigureAwait(false)).Value;
        var subscription = (await administration.GetSubscriptionAsync(options.Topic, options.Subscription, cancellationToken).ConfigureAwait(false)).Value;
        var counts = (await administration.GetSubscriptionRuntimePropertiesAsync(options.Topic, options.Subscription, cancellationToken).ConfigureAwait(false)).Value;
        return new EntityFacts
        {
            RequiresSession = subscription.RequiresSession,
            LockDuration = subscription.LockDuration,
            MaxDeliveryCount = subscription.MaxDeliveryCount,
            Waiting = counts.ActiveMessageCount,
            DeadLetters = counts.DeadLetterMessageCount,
            DetectsDuplicates = topic.RequiresDuplicateDetection,
            IsActive = topic.Status == EntityStatus.Active && subscription.Status == EntityStatus.Active,
        };
    }

    private async Task<DoctorFinding> RulesAsync(AzureServiceBusOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var manager = connection.Client.CreateRuleManager(options.Topic, options.Subscription);
            var rules = new List<RuleProperties>();
            await foreach (var rule in manager.GetRulesAsync(cancellationToken).ConfigureAwait(false))
            {
                rules.Add(rule);
            }

            return Compare(options, rules, bound.LastOrDefault()?.Topics);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new DoctorFinding(DoctorLevel.Warning, $"The rules of the {options.ReceiveFrom} could not be read: {Outage.Sentence(fault)}.",
                $"Set {AzureServiceBusOptions.Section}:PushDownTopics to false if the rules are kept by hand.");
        }
    }

    private static DoctorFinding Compare(AzureServiceBusOptions options, IReadOnlyList<RuleProperties> rules, IReadOnlyCollection<string>? topics)
    {
        if (rules.Any(r => RuleFilters.TakesEverything(r.Filter)))
        {
            return new DoctorFinding(DoctorLevel.Good, $"The rules of the {options.ReceiveFrom} let every event through.");
        }

        var missing = RulePlan.Missing([.. rules.Select(r => r.Name)], topics);
        return missing.Count == 0
            ? new DoctorFinding(DoctorLevel.Good, $"The rules of the {options.ReceiveFrom} let the topics of our handlers through.")
            : new DoctorFinding(DoctorLevel.Warning, $"No rule of ours at the {options.ReceiveFrom} is for {string.Join(", ", missing)}: such events may not be delivered.",
                options.PushDownTopics ? "Start the agent: it sets its rules itself." : "Add rules for these topics, or set PushDownTopics to true.");
    }
}
