using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Plugins;

public sealed partial class PluginLoader
{
    [LoggerMessage(LogLevel.Information, "Plugin {Plugin} {Version}: {Handlers} handlers, {Contributions} contributions")]
    private partial void LogLoaded(string plugin, string? version, int handlers, int contributions);

    [LoggerMessage(LogLevel.Error, "Plugin {Plugin} is refused; the others run. {Reason}")]
    private partial void LogRefused(string plugin, string reason);

    [LoggerMessage(LogLevel.Warning, "Plugin {Plugin}: {Warning}")]
    private partial void LogWarning(string plugin, string warning);

    [LoggerMessage(LogLevel.Error, "Handler {Handler} of plugin {Plugin} is not bound. {Reason}")]
    private partial void LogHandlerRefused(string plugin, string handler, string reason);

    [LoggerMessage(LogLevel.Warning, "Binding: {Hint}")]
    private partial void LogHint(string hint);
}
