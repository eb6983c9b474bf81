namespace Flatfile.Agent.Core.Plugins;

/// <summary>Keeps the plugins of some bindings in memory between the moment they are found and the moment they are done with.</summary>
internal sealed class PluginHold : IDisposable
{
    /// <summary>Of nothing that could be unloaded.</summary>
    public static readonly PluginHold None = new([]);

    private LivePlugin[] _held;

    private PluginHold(LivePlugin[] held) => _held = held;

    /// <summary>Takes a use of each; null when one of them has ended.</summary>
    public static PluginHold? TryTake(IEnumerable<LivePlugin?> plugins)
    {
        List<LivePlugin>? held = null;
        foreach (var plugin in plugins)
        {
            if (plugin is null)
            {
                continue;
            }

            if (!plugin.TryTake())
            {
                held?.ForEach(p => p.Release());
                return null;
            }

            (held ??= []).Add(plugin);
        }

        return held is null ? None : new PluginHold([.. held]);
    }

    public void Dispose()
    {
        foreach (var plugin in Interlocked.Exchange(ref _held, []))
        {
            plugin.Release();
        }
    }
}
