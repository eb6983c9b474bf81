using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Plugins.Swap;

internal sealed partial class PluginDrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} {Version} has finished its work and is out of memory")]
    private static partial void Unloaded(ILogger logger, string plugin, PluginVersion version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} {Version} has finished its work, but a service of its own throws when it is disposed")]
    private static partial void NotDisposed(ILogger logger, Exception fault, string plugin, PluginVersion version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} {Version} has finished its work and is still in memory after {Limit}: something holds its code. "
        + "Look in the plugin for a thread or timer it started and did not stop, for a handler it added to an event of the framework or the host, "
        + "and for objects of it in a static field or cache outside of it. The memory is freed at the next start of the agent")]
    private static partial void StillInMemory(ILogger logger, string plugin, PluginVersion version, TimeSpan limit);
}
