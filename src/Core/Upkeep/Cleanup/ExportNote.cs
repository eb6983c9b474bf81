namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>What lies beside an export, in a file of the same name with <c>.json</c> behind it: the proof that it was whole when it was made.</summary>
internal sealed record ExportNote
{
    public required string SpaceId { get; init; }

    public string? Name { get; init; }

    /// <summary>By the server's clock.</summary>
    public required DateTimeOffset ExportedAt { get; init; }

    /// <summary>The hash of the whole file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The file's length in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>What the space looked like, before and after.</summary>
    public required string Stamp { get; init; }

    /// <summary>The sheets with their counts.</summary>
    public required IReadOnlyList<ExportedSheet> Sheets { get; init; }
}
