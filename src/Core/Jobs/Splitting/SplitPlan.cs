namespace Flatfile.Agent.Core.Jobs.Splitting;

/// <summary>What a split job remembers of its parts.</summary>
/// <param name="Weights">One for each part, in their order.</param>
internal sealed record SplitPlan(IReadOnlyList<double> Weights);
