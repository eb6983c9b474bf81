using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus;

internal sealed partial class BusConnection
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "A receiver of {Entity} could not be closed; what it holds is free when its locks end")]
    private static partial void NotClosed(ILogger logger, Exception fault, string entity);
}
