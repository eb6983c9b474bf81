namespace Flatfile.Agent.Handlers.Export;

/// <summary>A sheet in an exported file.</summary>
/// <param name="SheetId">The sheet.</param>
/// <param name="Name">Its name in Flatfile.</param>
/// <param name="Rows">Its rows in the file.</param>
/// <param name="Messages">The messages on them.</param>
internal sealed record ExportedSheet(string SheetId, string Name, long Rows, long Messages);
