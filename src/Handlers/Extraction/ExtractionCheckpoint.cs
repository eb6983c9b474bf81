namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>How far an extraction is: what a run after a crash skips.</summary>
/// <param name="WorkbookId">The workbook of the file.</param>
/// <param name="Sheets">One for each table that was begun, in the order of the file.</param>
internal sealed record ExtractionCheckpoint(string WorkbookId, IReadOnlyList<ExtractedSheet> Sheets)
{
    /// <summary>The same with one sheet further on, or one more.</summary>
    public ExtractionCheckpoint With(int index, ExtractedSheet sheet) =>
        this with { Sheets = index == Sheets.Count ? [.. Sheets, sheet] : [.. Sheets.Select((old, i) => i == index ? sheet : old)] };
}
