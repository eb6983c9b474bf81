using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

internal sealed partial class AbandonedJobs
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} was {Status} since {UpdatedAt:u} without a ticket of any agent: it is failed")]
    private static partial void Abandoned(ILogger logger, string jobId, string status, DateTimeOffset updatedAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Looking for jobs that nobody works on failed; it is done again in a while")]
    private static partial void NotLooked(ILogger logger, Exception fault);
}
