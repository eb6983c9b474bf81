namespace Flatfile.Spaces.Exchange;

/// <summary>What an archive says of itself: the first entry of the ZIP, and the measure for all others.</summary>
internal sealed record SpaceManifest
{
    /// <summary>The entry's name.</summary>
    public const string Name = "manifest.json";

    /// <summary>The entry with the database.</summary>
    public const string Database = "space.db";

    /// <summary>Before the numbers of files.</summary>
    public const string Files = "files/";

    /// <summary>What <see cref="Format"/> must be.</summary>
    public const string KnownFormat = "flatfile-space";

    /// <summary>The version of the archive's own form, not of the database in it.</summary>
    public const int KnownVersion = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    /// <summary>The database's version.</summary>
    public required long Schema { get; init; }

    public required string SpaceId { get; init; }

    public string? SpaceName { get; init; }

    public required string EnvironmentId { get; init; }

    public required string AccountId { get; init; }

    public required string ExportedAt { get; init; }

    /// <summary>For people: how many workbooks, sheets, records, files, documents, jobs and commits.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>How many records each sheet has, by its id; null in archives of older servers.</summary>
    public IReadOnlyDictionary<string, long>? Records { get; init; }

    public required IReadOnlyList<ManifestEntry> Entries { get; init; }
}
