namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>A plugin as an operator sees it while the agent runs.</summary>
/// <param name="Status">What is in force or why nothing is, with a notice when the folder holds something else.</param>
/// <param name="Content">The hash over all files of what is in force; null for a built-in one and for a refused one.</param>
/// <param name="Since">When it came into force.</param>
/// <param name="Earlier">What can be gone back to, the latest first.</param>
/// <param name="Draining">Replaced versions that still have work.</param>
/// <param name="Unloading">Replaced versions without work whose code is still in memory.</param>
public sealed record PluginReport(
    PluginStatus Status, string? Content, DateTimeOffset? Since, IReadOnlyList<PluginVersion> Earlier, IReadOnlyList<DrainingVersion> Draining, int Unloading);
