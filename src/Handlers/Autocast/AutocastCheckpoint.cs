namespace Flatfile.Agent.Handlers.Autocast;

/// <summary>How far a run is: what a run after a crash skips.</summary>
/// <param name="Fields">How each field is read, found out from all rows before the first was changed.</param>
/// <param name="Pages">Pages that were cast.</param>
/// <param name="Rows">Rows on those pages.</param>
/// <param name="Changed">Rows of them that were written.</param>
internal sealed record AutocastCheckpoint(IReadOnlyList<FieldCast> Fields, int Pages, long Rows, long Changed);
