namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>What must be known of a plugin after a restart.</summary>
internal sealed record PluginMemory
{
    public required string Name { get; init; }

    /// <summary>The content in force; null when none ever was.</summary>
    public string? Sha { get; init; }

    public string? Version { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>What was in force before and can be gone back to, the latest first.</summary>
    public IReadOnlyList<PluginVersion> Earlier { get; init; } = [];

    /// <summary>The content of the folder that was rolled back from: not loaded again until the folder changes.</summary>
    public string? PassedOver { get; init; }

    /// <summary>Why it was rolled back.</summary>
    public string? RolledBack { get; init; }

    /// <summary>When its folder was found to be gone; null while it is there.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>The handlers of its last good load.</summary>
    public IReadOnlyList<RememberedHandler> Handlers { get; init; } = [];
}
