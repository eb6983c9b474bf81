using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Startup;

internal sealed partial class StartReport
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Agent with driver {Driver} and engine {Engine} on {DataFolder} (SQLite {Sqlite})")]
    private static partial void Chosen(ILogger logger, string driver, string engine, string dataFolder, string sqlite);

    [LoggerMessage(Level = LogLevel.Information, Message = "Way of an event: {Way}")]
    private static partial void Way(ILogger logger, string way);

    [LoggerMessage(Level = LogLevel.Information, Message = "Plugin {Plugin} {Version} is loaded with {Handlers} handlers")]
    private static partial void Loaded(ILogger logger, string plugin, string version, int handlers);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plugin {Plugin} is refused: {Reason}")]
    private static partial void Refused(ILogger logger, string plugin, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Handler {Handler} is refused: {Reason}")]
    private static partial void HandlerRefused(ILogger logger, string handler, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Handler {Handler} is switched off by Agent:HandlersOff")]
    private static partial void SwitchedOff(ILogger logger, string handler);

    [LoggerMessage(Level = LogLevel.Information, Message = "Bound {Kind} handler {Handler} to {Topics}")]
    private static partial void Bound(ILogger logger, string kind, string handler, string topics);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No handler is bound: every event is settled unhandled. Put a plugin into one of Agent:PluginFolders")]
    private static partial void NothingBound(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Hint}")]
    private static partial void Hint(ILogger logger, string hint);
}
