namespace Flatfile.Agent.Store.PostgreSql;

/// <summary>When a node counts as dead. The same for all that share a store.</summary>
internal sealed record NodeTimes
{
    /// <summary>From beat to beat.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a node lives after its last beat when nothing else is known of it: it may be paused, or cut off.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a node lives after its last beat when its session is gone: long enough for a living one to open another.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a node that has just reached the database judges nobody: the others may be about to reach it too.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>After so long a node that has just come has judged all others.</summary>
    public TimeSpan Judgement => Grace + Silence + Beat;

    /// <summary>How long the heartbeat waits for an answer.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The time without a beat after which a node gives itself up: before the others do, with one more try to reach them in between.</summary>
    public TimeSpan Own => Life - (2 * Answer) - Beat;
}
