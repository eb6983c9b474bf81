namespace Flatfile.Agent;

/// <summary>A stored file a person downloads at the end of a job.</summary>
/// <param name="FileId">The file, <c>us_fl_…</c>.</param>
/// <param name="Label">What stands on its link; null for its name.</param>
public sealed record OutcomeFile(string FileId, string? Label = null);
