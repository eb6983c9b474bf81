using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

internal sealed partial class RunWatch
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Watching job {JobId} failed once")]
    private static partial void Faulted(ILogger logger, Exception fault, string jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing was seen of run {Attempt} of job {JobId} for {Silence}: it is ended")]
    private static partial void Silent(ILogger logger, string jobId, int attempt, TimeSpan silence);
}
