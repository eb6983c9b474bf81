namespace Flatfile.Agent;

/// <summary>How a <see cref="RecordLookup{TKey, TValue}"/> asks and remembers.</summary>
public sealed record RecordLookupOptions
{
    /// <summary>Keys asked for at once, at least 1.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>Questions under way at once, at least 1.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Answers remembered; the one not used for longest goes first. 0 remembers none.</summary>
    public int CacheSize { get; init; } = 10_000;

    /// <summary>How long an answer counts, also the answer that there is none.</summary>
    public TimeSpan CacheTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest one question may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Times a question is asked before its failure counts, at least 1.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>The pause after the first failure; it doubles from there.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);
}
