using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Jobs;

internal sealed partial class RunConsequences
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler} failed on job {JobId} (failure {Failures})")]
    private static partial void Failed(ILogger logger, Exception fault, string handler, string jobId, int failures);
}
