namespace Flatfile.Api;

/// <summary>Where a reserved commit id will be used.</summary>
public sealed record VersionConfig
{
    public string? SheetId { get; init; }

    public string? ParentVersionId { get; init; }
}
