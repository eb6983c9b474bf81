namespace Flatfile.Agent.Handlers.Rules.Expressions;

/// <summary>What a rule sees while it runs: one row, and the day.</summary>
/// <param name="Record">The row.</param>
/// <param name="Today">The day, as <c>2024-02-29</c>, in UTC.</param>
internal readonly record struct RuleRow(FlatfileRecord Record, string Today);
