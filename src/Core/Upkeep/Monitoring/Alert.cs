namespace Flatfile.Agent.Core.Upkeep.Monitoring;

/// <summary>One threshold that is passed.</summary>
/// <param name="Key">The same as long as it is about the same thing.</param>
/// <param name="Kind"><c>storage</c>, <c>age</c>, <c>jobs</c>, <c>deadLetters</c>, <c>tickets</c>, <c>errors</c>.</param>
/// <param name="SpaceId">The space; null when it is about the agent.</param>
/// <param name="Text">What, how much, and the limit.</param>
internal sealed record Alert(string Key, string Kind, string? SpaceId, string Text);
