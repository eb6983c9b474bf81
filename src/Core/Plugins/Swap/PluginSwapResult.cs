namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>The answer to an order about a plugin.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">The same as a sentence for people, with the reason.</param>
public sealed record PluginSwapResult(PluginSwapOutcome Outcome, string Message);
