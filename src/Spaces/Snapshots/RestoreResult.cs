namespace Flatfile.Spaces.Snapshots;

/// <summary>What a restore did.</summary>
/// <param name="Deleted">Rows that went.</param>
/// <param name="Updated">Rows that got their values back.</param>
/// <param name="Returned">Rows that came back.</param>
internal readonly record struct RestoreResult(long Deleted, long Updated, long Returned);
