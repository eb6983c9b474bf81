namespace Flatfile.Agent.Host.Operating;

/// <summary>Which plugin an order is about.</summary>
internal sealed record PluginOrder(string? Name);
