namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>What an export says of itself: the last entry of one we made, and what is read out of one the server made.</summary>
internal sealed record ExportManifest
{
    /// <summary>The entry's name.</summary>
    public const string Name = "manifest.json";

    /// <summary>The form of exports made here, record by record.</summary>
    public const string OwnFormat = "flatfile-agent-space";

    /// <summary>The form of archives that Spaces makes, which it can take in again.</summary>
    public const string ServersFormat = "flatfile-space";

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required string SpaceId { get; init; }

    public IReadOnlyList<ExportedSheet> Sheets { get; init; } = [];

    /// <summary>Every entry but the manifest and the sheets.</summary>
    public IReadOnlyList<ExportedFile> Files { get; init; } = [];
}
