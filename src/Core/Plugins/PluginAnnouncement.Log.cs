using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Plugins;

internal static partial class PluginAnnouncement
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} {Version} is loaded with {Handlers} handlers")]
    private static partial void Loaded(ILogger logger, string plugin, string version, int handlers);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} is refused: {Reason}")]
    private static partial void Refused(ILogger logger, string plugin, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} {Version} has {Assembly} with SHA-256 {Sha256}")]
    private static partial void Assembly(ILogger logger, string plugin, string version, string assembly, string sha256);

    [LoggerMessage(Level = LogLevel.Error, Message = "Handler {Handler} is refused: {Reason}")]
    private static partial void HandlerRefused(ILogger logger, string handler, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Handler {Handler} is switched off by Agent:HandlersOff")]
    private static partial void SwitchedOff(ILogger logger, string handler);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin}: {Warning}")]
    private static partial void Hint(ILogger logger, string plugin, string warning);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin}: {Notice}")]
    private static partial void Notice(ILogger logger, string plugin, string notice);
}
