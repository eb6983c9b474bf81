namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>What a cleanup must still know after it died: the spaces it chose, before it touched the first.</summary>
internal sealed record CleanupState
{
    /// <summary>The slot the spaces were chosen in; the same slot goes on with them.</summary>
    public DateTimeOffset Slot { get; init; }

    public IReadOnlyList<CleanupItem> Items { get; init; } = [];

    /// <summary>The same with one space changed.</summary>
    public CleanupState With(CleanupItem item) => this with { Items = [.. Items.Select(i => i.SpaceId == item.SpaceId ? item : i)] };
}
