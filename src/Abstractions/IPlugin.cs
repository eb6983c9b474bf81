namespace Flatfile.Agent;

/// <summary>An optional entry of a plugin: binds callbacks in code, as the official listener does.</summary>
public interface IPlugin
{
    /// <summary>Called once when the plugin is loaded.</summary>
    void Configure(FlatfileListener listener);
}
