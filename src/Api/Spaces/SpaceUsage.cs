namespace Flatfile.Api;

/// <summary>Superset: what a space uses.</summary>
public sealed record SpaceUsage
{
    public required string SpaceId { get; init; }

    /// <summary>Bytes of database and files.</summary>
    public long StorageUsed { get; init; }

    public long DatabaseBytes { get; init; }

    public long FileBytes { get; init; }

    /// <summary>Whole days since it was created.</summary>
    public long AgeInDays { get; init; }

    public long Records { get; init; }

    public long Files { get; init; }

    public long Workbooks { get; init; }

    public long Sheets { get; init; }

    public long Documents { get; init; }

    public long Jobs { get; init; }

    public long Users { get; init; }

    /// <summary>The limits that hold: the space's own, else the server's.</summary>
    public SpaceLimits Limits { get; set => field = value ?? new SpaceLimits(); } = new();
}
