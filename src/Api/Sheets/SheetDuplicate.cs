namespace Flatfile.Api;

/// <summary>Name and slug of a copy; made from the original's where absent.</summary>
public sealed record SheetDuplicate
{
    public string? Name { get; init; }

    public string? Slug { get; init; }
}
