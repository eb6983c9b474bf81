namespace Flatfile.Agent.Core.Startup;

/// <summary>How far the agent of this process has come; each part is set by who does it.</summary>
internal sealed class AgentPhase
{
    private volatile bool _hasPlugins;
    private volatile bool _works;
    private volatile bool _stops;

    /// <summary>The plugins were loaded, or refused with a reason.</summary>
    public bool HasPlugins => _hasPlugins;

    /// <summary>Store and engine are there; events are received from here on.</summary>
    public bool Works => _works;

    /// <summary>On the way down: nothing new is begun.</summary>
    public bool Stops => _stops;

    public void PluginsLoaded() => _hasPlugins = true;

    public void WorkBegun() => _works = true;

    public void StopBegun() => _stops = true;
}
