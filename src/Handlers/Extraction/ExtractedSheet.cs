namespace Flatfile.Agent.Handlers.Extraction;

/// <summary>A sheet that a table of a file becomes.</summary>
/// <param name="SheetId">The sheet, <c>us_sh_…</c>.</param>
/// <param name="Slug">Its slug, different from those of the other sheets of the file.</param>
/// <param name="Pages">Pages the server has acknowledged.</param>
/// <param name="Rows">Rows on those pages.</param>
internal sealed record ExtractedSheet(string SheetId, string Slug, int Pages, long Rows);
