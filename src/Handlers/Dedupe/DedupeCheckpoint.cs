namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>What a run after a crash must know; which rows are duplicates it finds out again.</summary>
/// <param name="SnapshotId">The sheet as it was before the first row went.</param>
/// <param name="RowsRead">Rows of the sheet then.</param>
/// <param name="Blank">Of these, rows without a key.</param>
/// <param name="Duplicates">Of these, rows that were to go.</param>
internal sealed record DedupeCheckpoint(string SnapshotId, long RowsRead, long Blank, long Duplicates);
