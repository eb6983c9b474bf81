using Flatfile.Agent.Core.Store;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>A dead letter in a list, as it travels.</summary>
internal record LetterView
{
    public static IReadOnlyList<(string Name, DeadLetterState State)> States { get; } =
        [("open", DeadLetterState.Open), ("asked", DeadLetterState.Asked), ("replayed", DeadLetterState.Replayed), ("dropped", DeadLetterState.Dropped)];

    public required long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string State { get; init; }

    public string? Handler { get; init; }

    public string? HandlerVersion { get; init; }

    public string? Topic { get; init; }

    public string? EventId { get; init; }

    public string? Space { get; init; }

    public required int Tries { get; init; }

    public required string Reason { get; init; }

    /// <summary>The letter of which this is the repetition that failed too.</summary>
    public long? ReplayOf { get; init; }

    /// <summary>Why its last replay could not begin.</summary>
    public string? Note { get; init; }

    public static LetterView Of(DeadLetterSummary letter) => new()
    {
        Id = letter.Id,
        At = letter.At,
        State = NameOf(letter.State),
        Handler = letter.HandlerId,
        HandlerVersion = letter.HandlerVersion,
        Topic = letter.Topic,
        EventId = letter.EventId,
        Space = letter.SpaceId,
        Tries = letter.Attempts,
        Reason = letter.Reason,
        ReplayOf = letter.ReplayOf,
        Note = letter.Note,
    };

    private static string NameOf(DeadLetterState state) => States.First(s => s.State == state).Name;
}
