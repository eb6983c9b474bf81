namespace Flatfile.Agent.Drivers.AzureServiceBus.Doctor;

/// <summary>Holds what the bus says of its entity against our settings.</summary>
internal static class EntityFindings
{
    /// <summary>The agent gives an event up after so many deliveries; a bus that is quicker takes the decision, and the reason, away from it.</summary>
    public const int OwnDeliveries = 10;

    private static readonly TimeSpan ShortLock = TimeSpan.FromSeconds(30);

    public static IEnumerable<DoctorFinding> Of(AzureServiceBusOptions options, EntityFacts facts)
    {
        var entity = options.ReceiveFrom;
        yield return facts.IsActive
            ? new DoctorFinding(DoctorLevel.Good, $"The {entity} is active, with {facts.Waiting} events waiting.")
            : new DoctorFinding(DoctorLevel.Bad, $"The {entity} is disabled.", "Enable it for sending and receiving.");
        yield return Sessions(options, facts);
        yield return facts.LockDuration < ShortLock
            ? new DoctorFinding(DoctorLevel.Warning, $"Its locks last {facts.LockDuration}: a short break of the network loses them, and events come twice.", "Set the lock duration to a minute.")
            : new DoctorFinding(DoctorLevel.Good, $"Its locks last {facts.LockDuration} and are renewed for at most {options.MaxLockRenewal}.");
        yield return facts.MaxDeliveryCount <= OwnDeliveries
            ? new DoctorFinding(
                DoctorLevel.Warning,
                $"It moves an event to its dead-letter queue after {facts.MaxDeliveryCount} deliveries, before or when the agent gives it up itself ({OwnDeliveries}), so the agent's own dead letters may lack the reason.",
                "Set its maximum delivery count to 100.")
            : new DoctorFinding(DoctorLevel.Good, $"It allows {facts.MaxDeliveryCount} deliveries; the agent gives an event up after {OwnDeliveries}.");
        yield return facts.DeadLetters > 0
            ? new DoctorFinding(DoctorLevel.Warning, $"{facts.DeadLetters} messages lie in its dead-letter queue.", "Look at their reasons, then resubmit or remove them.")
            : new DoctorFinding(DoctorLevel.Good, "Its dead-letter queue is empty.");
        if (facts.DetectsDuplicates)
        {
            yield return new DoctorFinding(
                DoctorLevel.Warning,
                "It detects duplicates: a message resubmitted with the id it had is dropped while the bus remembers that id.",
                "Make it without duplicate detection; the agent's inbox drops doubles.");
        }
    }

    private static DoctorFinding Sessions(AzureServiceBusOptions options, EntityFacts facts)
    {
        if (facts.RequiresSession == options.Sessions)
        {
            return options.Sessions
                ? new DoctorFinding(DoctorLevel.Good, "It requires sessions, as our settings say: events of one space come in order.")
                : new DoctorFinding(DoctorLevel.Good, "It is without sessions, as our settings say: the bus keeps no order between events in hand.");
        }

        return facts.RequiresSession
            ? new DoctorFinding(DoctorLevel.Bad, "It requires sessions, and our settings say it has none.", $"Set {AzureServiceBusOptions.Section}:Sessions to true.")
            : new DoctorFinding(
                DoctorLevel.Bad,
                "It is without sessions, and our settings say it requires them.",
                $"Make it anew with sessions (this cannot be changed later), or set {AzureServiceBusOptions.Section}:Sessions to false and do without order.");
    }
}
