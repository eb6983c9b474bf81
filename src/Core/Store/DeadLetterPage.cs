namespace Flatfile.Agent.Core.Store;

/// <summary>A part of a list of dead letters.</summary>
/// <param name="Letters">The newest first.</param>
/// <param name="Next">Give it for the letters behind these; null at the end.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetterSummary> Letters, long? Next);
