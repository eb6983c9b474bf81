namespace Flatfile.Api;

/// <summary>How a space of a batch ended.</summary>
/// <param name="SpaceId">The space.</param>
/// <param name="Status"><see cref="SpaceStatus.Completed"/>, <see cref="SpaceStatus.Archived"/>, <see cref="SpaceStatus.Expired"/> or <see cref="Deleted"/>.</param>
/// <param name="Space">The space as it was then; null when it was deleted.</param>
/// <param name="Sheets">Its sheets and their records.</param>
public sealed record SpaceOutcome(string SpaceId, string Status, Space? Space, IReadOnlyList<SheetTotal> Sheets)
{
    /// <summary>The space is gone.</summary>
    public const string Deleted = "deleted";

    /// <summary>Whether it ended as intended.</summary>
    public bool IsCompleted => Status == SpaceStatus.Completed;
}
