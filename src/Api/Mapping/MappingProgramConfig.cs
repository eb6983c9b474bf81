namespace Flatfile.Api;

/// <summary>The body of saving a mapping.</summary>
public sealed record MappingProgramConfig
{
    public required SheetConfig Source { get; init; }

    public required SheetConfig Destination { get; init; }

    /// <summary>Programs of one family map the same pair of sheets.</summary>
    public string? FamilyId { get; init; }

    public string? Namespace { get; init; }

    public IReadOnlyList<MappingRule>? Rules { get; init; }
}
