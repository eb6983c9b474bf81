using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

internal sealed partial class RunWatch
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Watching job {JobId} failed once")]
    private static partial void Faulted(ILogger logger, Exception fault, string jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Attempt} of job {JobId} lost its lease: it is ended and may not write any more")]
    private static partial void LeaseLost(ILogger logger, string jobId, int attempt);
}
