namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>One content of a plugin that was in force.</summary>
/// <param name="Sha">The hash over all its files.</param>
/// <param name="Version">For people.</param>
public sealed record PluginVersion(string Sha, string? Version)
{
    /// <inheritdoc />
    public override string ToString() => $"{Version ?? "without version"} ({Sha[..12]})";
}
