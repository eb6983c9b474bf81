using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Startup;

internal sealed partial class StartReport
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Agent with driver {Driver} and engine {Engine} on {DataFolder} (SQLite {Sqlite})")]
    private static partial void Chosen(ILogger logger, string driver, string engine, string dataFolder, string sqlite);

    [LoggerMessage(Level = LogLevel.Information, Message = "Compiled in: drivers {Drivers}; engines {Engines}. Not compiled in: {Absent}")]
    private static partial void CompiledIn(ILogger logger, string drivers, string engines, string absent);

    [LoggerMessage(Level = LogLevel.Information, Message = "Way of an event: {Way}")]
    private static partial void Way(ILogger logger, string way);

    [LoggerMessage(Level = LogLevel.Information, Message = "Bound {Kind} handler {Handler} to {Topics}")]
    private static partial void Bound(ILogger logger, string kind, string handler, string topics);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No handler is bound: every event is settled unhandled. Put a plugin into one of Agent:PluginFolders")]
    private static partial void NothingBound(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Hint}")]
    private static partial void Hint(ILogger logger, string hint);
}
