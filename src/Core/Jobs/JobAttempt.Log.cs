using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

internal sealed partial class JobAttempt
{
    [LoggerMessage(Level = LogLevel.Critical, Message = "{Handler} does not end on job {JobId} although it was told to; it is left alone and its calls are refused")]
    private static partial void Stuck(ILogger logger, string handler, string jobId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Progress of job {JobId} could not be sent; the next report says more")]
    private static partial void ProgressNotSent(ILogger logger, Exception fault, string jobId);
}
