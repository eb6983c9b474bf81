namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Where a table's header stands, what it names, and what its columns hold.</summary>
/// <param name="Row">The header's first row number; 0 when the table has none.</param>
/// <param name="Rows">How many rows the header has; 0 when the table has none.</param>
/// <param name="FirstDataRow">Rows before it are title lines, notes or the header.</param>
/// <param name="Labels">One per column, as written; a column without a name is called "Column 3".</param>
/// <param name="Typed">One per column: true when its first values are nearly all numbers or dates.</param>
/// <param name="CellsPerRow">How many cells most rows have, trailing empty ones included.</param>
/// <param name="Title">The text above the table when it is a single one; else null.</param>
/// <param name="Confidence">0 to 1: how sure the header is, or that there is none.</param>
/// <param name="Evidence">Why, as a sentence.</param>
internal sealed record SniffedHeader(
    long Row, int Rows, long FirstDataRow, IReadOnlyList<string> Labels, IReadOnlyList<bool> Typed, int CellsPerRow, string? Title, double Confidence, string Evidence)
{
    /// <summary>False when the columns had to be named by their number.</summary>
    public bool Found => Row > 0;
}
