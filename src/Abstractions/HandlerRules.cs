namespace Flatfile.Agent;

/// <summary>How a handler is run: for a callback what <see cref="LaneAttribute"/>, <see cref="LimitAttribute"/> and <see cref="AttemptAttribute"/> say for a class.</summary>
public sealed record HandlerRules
{
    /// <summary>One of <see cref="LaneKey"/>, or a path into the event; null for the space.</summary>
    public string? Lane { get; init; }

    /// <summary>Runs at once altogether; null for as many as the process runs.</summary>
    public int? Limit { get; init; }

    /// <summary>Runs at once for each key: <see cref="LaneKey"/> or path, and number.</summary>
    public IReadOnlyDictionary<string, int> LimitPer { get; init; } = new Dictionary<string, int>();

    /// <summary>The longest one try may take; null for what the settings say for all.</summary>
    public TimeSpan? AttemptTimeout { get; init; }

    /// <summary>Tries in all; null for what the settings say for all.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>The longest time in which nothing is seen of a run of a job handler; null for what the settings say for all.</summary>
    public TimeSpan? MaxSilence { get; init; }
}
