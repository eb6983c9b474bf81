namespace Benchmarks;

/// <summary>One line of the report.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Beside">The peer or raw limit measured in the same run, with its unit; empty when there is none.</param>
/// <param name="Ratio">The figure as a share of what stands beside it, or the other way round as the text says; empty when there is none.</param>
internal sealed record Figure(string What, string Value, string Beside = "", string Ratio = "");
