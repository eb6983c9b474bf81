using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Store.PostgreSql;

internal sealed partial class PostgresNodes
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "The other agents could not be told of work that is free; they find it by themselves: {Said}")]
    private static partial void NotTold(ILogger logger, string said);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The heartbeat has ended; the other nodes will take this agent for dead")]
    private static partial void Broken(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The other nodes took {Name} for dead: it was paused or cut off. What it ran is ended here and goes on elsewhere; it goes on under a new id")]
    private static partial void TakenForDead(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "No heartbeat reached the store for {Elapsed}: others may have taken over. What runs is ended here")]
    private static partial void TooLong(ILogger logger, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Dead} nodes are dead; what they held is free")]
    private static partial void Buried(ILogger logger, int dead);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat does not reach the store: {Said} Trying again")]
    private static partial void Silent(ILogger logger, string said);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The heartbeat reaches the store again")]
    private static partial void Back(ILogger logger);
}
