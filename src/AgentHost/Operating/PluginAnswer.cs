namespace Flatfile.Agent.Host.Operating;

/// <summary>How an order about a plugin ended.</summary>
/// <param name="Outcome"><c>swapped</c> or <c>unchanged</c>.</param>
/// <param name="Message">The same for people.</param>
internal sealed record PluginAnswer(string Outcome, string Message);
