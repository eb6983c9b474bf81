using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

internal sealed partial class LockRenewal
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The lock of {What} was lost ({Reason}); the bus delivers the event again")]
    private static partial void LockLost(ILogger logger, string what, ServiceBusFailureReason reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} is held longer than {Limit}, so its lock is not renewed any more; the bus delivers the event again. Long work belongs into a job handler")]
    private static partial void HeldTooLong(ILogger logger, string what, TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lock of {What} could not be renewed; trying again until it is lost")]
    private static partial void NotRenewed(ILogger logger, Exception fault, string what);
}
