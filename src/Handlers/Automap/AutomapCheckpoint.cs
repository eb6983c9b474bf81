namespace Flatfile.Agent.Handlers.Automap;

/// <summary>How far a copy is: what a run after a crash skips.</summary>
/// <param name="SheetId">The sheet that claimed the file; a later run keeps to it.</param>
/// <param name="Pages">Pages the server has acknowledged.</param>
/// <param name="Rows">Rows on those pages.</param>
internal sealed record AutomapCheckpoint(string SheetId, int Pages, long Rows);
