namespace Flatfile.Agent.Handlers.Automap;

/// <summary>Pairs of columns and fields between which neither names nor values decide.</summary>
/// <param name="Text">What is open and what to do.</param>
/// <param name="Candidates">The pairs, the likeliest first.</param>
internal sealed record MappingQuestion(string Text, IReadOnlyList<MappedColumn> Candidates);
