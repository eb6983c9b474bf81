using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

internal sealed partial class OutcomeTeller
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of job {JobId} could not be told to Flatfile; trying again")]
    private static partial void NotTold(ILogger logger, Exception fault, string jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Flatfile refused the outcome of job {JobId}; the job is failed instead")]
    private static partial void Refused(ILogger logger, Exception fault, string jobId);
}
