namespace Flatfile.Agent.Handlers.Xml.Workbooks;

/// <summary>A row of a worksheet that has data.</summary>
/// <param name="Sheet">The worksheet's number in the file; the first is 0.</param>
/// <param name="Number">As Excel shows it; the first is 1.</param>
/// <param name="Cells">From left to right, those with data.</param>
internal sealed record WorkbookRow(int Sheet, long Number, IReadOnlyList<WorkbookCell> Cells);
