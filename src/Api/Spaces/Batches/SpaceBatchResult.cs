namespace Flatfile.Api;

/// <summary>A batch whose spaces have all ended.</summary>
public sealed record SpaceBatchResult(string BatchId, IReadOnlyList<SpaceOutcome> Spaces)
{
    /// <summary>Whether every space was completed.</summary>
    public bool IsCompleted => Spaces.All(space => space.IsCompleted);

    /// <summary>The records of all spaces, sheet by sheet of the same slug.</summary>
    public IReadOnlyList<SheetTotal> Sheets =>
    [
        .. Spaces.SelectMany(space => space.Sheets).GroupBy(sheet => sheet.Slug).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new SheetTotal(group.Key, group.Sum(sheet => sheet.Records), group.Sum(sheet => sheet.Valid), group.Sum(sheet => sheet.Errors))),
    ];
}
