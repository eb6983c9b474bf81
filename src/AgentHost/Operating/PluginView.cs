namespace Flatfile.Agent.Host.Operating;

/// <summary>A plugin in the status.</summary>
internal sealed record PluginView(string Name, string? Version, string State, string? Reason, int Handlers);
