namespace Flatfile.Spaces.Records;

/// <summary>A field whose values must be found in another sheet (or its own).</summary>
/// <param name="Source">The sheet with the field.</param>
/// <param name="Field">The field that refers.</param>
/// <param name="SourceKey">Its keys; a list's lie in a table of their own.</param>
/// <param name="Target">The sheet looked in; none when no sheet has the slug or the field, then nothing is found.</param>
/// <param name="TargetKey">The keys looked up.</param>
/// <param name="SourceFilter">With <paramref name="TargetFilter"/>: rows must also agree here, unless this cell is empty.</param>
/// <param name="TargetFilter">The other side of the filter.</param>
internal sealed record ReferenceRule(
    SheetSchema Source,
    SheetField Field,
    KeyColumn? SourceKey,
    SheetSchema? Target,
    KeyColumn? TargetKey,
    KeyColumn? SourceFilter,
    KeyColumn? TargetFilter);
