using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Dispatch.Suspects;

internal sealed partial class SuspectProcess
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Process {Pid} was started for handlers under suspicion")]
    private static partial void Started(ILogger logger, int pid);

    [LoggerMessage(Level = LogLevel.Error, Message = "The process for handlers under suspicion could not be started")]
    private static partial void NotStarted(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Suspect process: {Line}")]
    private static partial void Said(ILogger logger, string line);
}
