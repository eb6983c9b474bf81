namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>A part of a list of dead letters, as it travels.</summary>
/// <param name="Letters">The newest first.</param>
/// <param name="Total">How many are meant in all.</param>
/// <param name="Next">Give it as <c>before</c> for those behind; null at the end.</param>
internal sealed record LetterPage(IReadOnlyList<LetterView> Letters, long Total, long? Next);
