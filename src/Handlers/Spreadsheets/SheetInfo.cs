namespace Flatfile.Agent.Handlers.Spreadsheets;

/// <summary>A sheet as the workbook lists it.</summary>
/// <param name="Name">As its tab shows it.</param>
/// <param name="Hidden">A person does not see its tab.</param>
internal sealed record SheetInfo(string Name, bool Hidden);
