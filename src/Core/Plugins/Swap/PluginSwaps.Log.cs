using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Plugins.Swap;

public sealed partial class PluginSwaps
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "What was remembered of the plugins cannot be read and is set aside: {Reason} Rolled back plugins take what lies in their folders")]
    private static partial void MemoryDamaged(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} is gone with its folder {Folder}: its events are nobody's, its jobs wait for it")]
    private static partial void Gone(ILogger logger, string plugin, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A service of plugin {Plugin} throws when it is disposed")]
    private static partial void NotDisposed(ILogger logger, Exception fault, string plugin);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} is not swapped. {Notice}")]
    private static partial void KeptTheOld(ILogger logger, string plugin, string notice);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin}: {Why} {Result}")]
    private static partial void RolledBackByItself(ILogger logger, string plugin, string why, string result);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin}: {Why} That failed; roll it back by command")]
    private static partial void NotRolledBack(ILogger logger, Exception fault, string plugin, string why);
}
