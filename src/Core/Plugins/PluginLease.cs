namespace Flatfile.Agent.Core.Plugins;

/// <summary>One use of a plugin's code; disposing ends it. While there is one, the plugin is not unloaded.</summary>
internal sealed class PluginLease(LivePlugin plugin) : IDisposable
{
    private LivePlugin? _plugin = plugin;

    public void Dispose() => Interlocked.Exchange(ref _plugin, null)?.Release();
}
