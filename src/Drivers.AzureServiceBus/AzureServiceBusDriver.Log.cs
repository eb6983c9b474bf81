using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus;

internal sealed partial class AzureServiceBusDriver
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Receiving from {Place} of {Namespace} {How}")]
    private static partial void Receiving(ILogger logger, string place, string @namespace, string how);
}
