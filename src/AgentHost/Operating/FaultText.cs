namespace Flatfile.Agent.Host.Operating;

/// <summary>What is wrong, why, and what to do.</summary>
internal sealed record FaultText(string What, string Why, string Todo);
