namespace Flatfile.Agent.Handlers.Dedupe;

/// <summary>How many rows were gone before the first try to bring them back; a later try finds some of them back already.</summary>
internal sealed record UndoCheckpoint(long Rows);
