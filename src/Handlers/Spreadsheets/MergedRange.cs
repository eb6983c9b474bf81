namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>Cells that are shown as one; the value stands in the first.</summary>
/// <param name="FirstRow">Row number, 1 for the first.</param>
/// <param name="LastRow">Row number, included.</param>
/// <param name="FirstColumn">0 for A.</param>
/// <param name="LastColumn">Included.</param>
internal readonly record struct MergedRange(long FirstRow, long LastRow, int FirstColumn, int LastColumn);
