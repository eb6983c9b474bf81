namespace Flatfile.Agent.Core.Plugins;

/// <summary>Whether a plugin runs.</summary>
public enum PluginState
{
    /// <summary>Its handlers are bound.</summary>
    Loaded,

    /// <summary>Nothing of it runs; the status says why.</summary>
    Refused,
}
