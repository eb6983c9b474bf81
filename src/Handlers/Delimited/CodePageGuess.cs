namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>How well bytes read in a code page as text of a language.</summary>
/// <param name="Number">The code page's.</param>
/// <param name="Language">Such as <c>Polish</c>.</param>
/// <param name="Score">At most about 1.2; the higher, the better.</param>
internal sealed record CodePageGuess(int Number, string Language, double Score);
