namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>A replaced version that still has work.</summary>
/// <param name="Version">Which one.</param>
/// <param name="Uses">How many events and runs use it.</param>
public sealed record DrainingVersion(PluginVersion Version, int Uses);
