namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>How far an extraction is: what a run after a crash skips.</summary>
/// <param name="WorkbookId">The workbook of the file.</param>
/// <param name="SheetId">Its only sheet.</param>
/// <param name="Pages">Pages the server has acknowledged.</param>
/// <param name="Rows">Rows on those pages.</param>
internal sealed record ExtractionCheckpoint(string WorkbookId, string SheetId, int Pages, long Rows);
