namespace Flatfile.Agent.Host.Health;

/// <summary>The answer of a health endpoint.</summary>
/// <param name="Status">A word.</param>
/// <param name="Reasons">Why it is not well; none when it is.</param>
internal sealed record HealthView(string Status, IReadOnlyList<string> Reasons);
