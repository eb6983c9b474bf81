namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>The manifest of an archive that Spaces makes, as far as it is needed to check one.</summary>
internal sealed record ServersManifest
{
    public required string Format { get; init; }

    public required int Version { get; init; }

    public required string SpaceId { get; init; }

    /// <summary>Records by sheet.</summary>
    public IReadOnlyDictionary<string, long>? Records { get; init; }

    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();

    public required IReadOnlyList<ServersEntry> Entries { get; init; }
}
