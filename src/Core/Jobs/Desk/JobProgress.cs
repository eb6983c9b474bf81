namespace Flatfile.Agent.Core.Jobs.Desk;

/// <summary>How far a job is, as Flatfile shows it.</summary>
/// <param name="Status">The job's status there.</param>
/// <param name="Percent">0 to 100; null when none was told.</param>
/// <param name="Info">One line; null when none was told.</param>
public sealed record JobProgress(string Status, double? Percent, string? Info);
