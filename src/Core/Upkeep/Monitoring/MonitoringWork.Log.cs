using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Upkeep.Monitoring;

internal sealed partial class MonitoringWork
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Monitoring: {Alert}")]
    private static partial void Raised(ILogger log, string alert);

    [LoggerMessage(Level = LogLevel.Information, Message = "Monitoring: {Alert} is over")]
    private static partial void Cleared(ILogger log, string alert);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Monitoring: the event {Topic} of {Alert} could not be raised in Flatfile: {Why}")]
    private static partial void NotPublished(ILogger log, string topic, string alert, string why);
}
