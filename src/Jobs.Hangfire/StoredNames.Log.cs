using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Jobs.Hangfire;

internal static partial class StoredNames
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A row of the job store asks for {Type}, which is none of the agent's own; it is not run. Somebody else wrote it: see who may write there")]
    private static partial void Refused(ILogger logger, string type);
}
