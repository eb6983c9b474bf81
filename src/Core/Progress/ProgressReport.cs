namespace Flatfile.Agent.Core.Progress;

/// <summary>How far a job has come.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Info">One line, or null to leave the last one.</param>
internal readonly record struct ProgressReport(double Percent, string? Info);
