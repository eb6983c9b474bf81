using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Store;

internal sealed partial class LeaseHolder
{
    [LoggerMessage(Level = LogLevel.Information, Message = "This agent holds the lease {Lease} now (fence {Fence})")]
    private static partial void Taken(ILogger logger, string lease, long fence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This agent has lost the lease {Lease} (fence {Fence}); another one goes on with its work")]
    private static partial void Lost(ILogger logger, string lease, long fence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store could not be asked about the lease {Lease}; trying again")]
    private static partial void NotAsked(ILogger logger, Exception fault, string lease);
}
