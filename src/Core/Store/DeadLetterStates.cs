namespace Flatfile.Agent.Core.Store;

/// <summary>Reads the state of a dead letter from its times.</summary>
internal static class DeadLetterStates
{
    /// <summary>Those a person may still do something about.</summary>
    public static IReadOnlyList<DeadLetterState> Waiting { get; } = [DeadLetterState.Open, DeadLetterState.Asked];

    public static DeadLetterState Of(DateTimeOffset? askedAt, DateTimeOffset? replayedAt, DateTimeOffset? droppedAt) =>
        replayedAt is not null ? DeadLetterState.Replayed
        : droppedAt is not null ? DeadLetterState.Dropped
        : askedAt is not null ? DeadLetterState.Asked
        : DeadLetterState.Open;
}
