namespace Benchmarks;

/// <summary>What a reader tells of its run.</summary>
/// <param name="Rows">Rows of data it found.</param>
/// <param name="Seconds">From opening the file to its last cell.</param>
/// <param name="Idle">Bytes its process held before.</param>
/// <param name="Peak">Most bytes its process ever held.</param>
internal sealed record SpreadsheetRun(long Rows, double Seconds, long Idle, long Peak);
