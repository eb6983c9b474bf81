using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

internal sealed partial class LeaseThread
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Attempt} of job {JobId} lost its lease: it is ended and may not write any more")]
    private static partial void LeaseLost(ILogger logger, string jobId, int attempt);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The leases of {Count} runs could not be renewed now; it is tried again at once")]
    private static partial void NotRenewed(ILogger logger, Exception fault, int count);
}
