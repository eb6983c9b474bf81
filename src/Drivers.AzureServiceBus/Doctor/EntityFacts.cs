namespace Flatfile.Agent.Drivers.AzureServiceBus.Doctor;

/// <summary>What the bus says of the queue or subscription.</summary>
internal sealed record EntityFacts
{
    public required bool RequiresSession { get; init; }

    public required TimeSpan LockDuration { get; init; }

    public required int MaxDeliveryCount { get; init; }

    public required long Waiting { get; init; }

    public required long DeadLetters { get; init; }

    public required bool DetectsDuplicates { get; init; }

    public required bool IsActive { get; init; }
}
