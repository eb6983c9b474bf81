using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

internal sealed partial class SessionIntake
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Session {SessionId} was lost ({Reason}); its events come again")]
    private static partial void SessionLost(ILogger logger, string sessionId, ServiceBusFailureReason reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Session {SessionId} broke off; its events come again")]
    private static partial void SessionFaulted(ILogger logger, Exception fault, string sessionId);
}
