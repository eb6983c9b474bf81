namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>One space of a cleanup, as it is stored between the steps.</summary>
internal sealed record CleanupItem
{
    public required string SpaceId { get; init; }

    public required string Name { get; init; }

    /// <summary>When it was touched last, by the server.</summary>
    public required DateTimeOffset TouchedAt { get; init; }

    public CleanupStage Stage { get; init; }

    /// <summary>The file of the export; null before there is one.</summary>
    public string? File { get; init; }

    /// <summary>The hash of that file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What the space looked like when it was exported.</summary>
    public string? Stamp { get; init; }

    /// <summary>Why it stays.</summary>
    public string? Reason { get; init; }
}
