namespace Flatfile.Agent.Handlers.Automap;

/// <summary>One word of a name.</summary>
/// <param name="Text">What it means; the word itself when that is not known.</param>
/// <param name="IsKnown">It stands in the vocabulary: another word of the vocabulary is no misspelling of it.</param>
internal readonly record struct NameWord(string Text, bool IsKnown);
