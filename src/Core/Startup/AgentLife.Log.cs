using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Startup;

internal sealed partial class AgentLife
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: no new work; {Jobs} running jobs have {Grace} to finish")]
    private static partial void Stopping(ILogger logger, int jobs, TimeSpan grace);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The grace time is over: {Jobs} running jobs are ended and handed back")]
    private static partial void Halting(ILogger logger, int jobs);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped after {Elapsed}")]
    private static partial void Stopped(ILogger logger, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A part could not be stopped in order; the next start puts it right")]
    private static partial void NotInOrder(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The engine {Engine} could not start; trying again. No events are received until then")]
    private static partial void EngineNotStarted(ILogger logger, Exception fault, string engine);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason} Nothing is received until the store answers; trying again")]
    private static partial void StoreAway(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The agent's store answers; going on")]
    private static partial void StoreBack(ILogger logger);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The agent has stopped receiving")]
    private static partial void Broken(ILogger logger, Exception fault);
}
