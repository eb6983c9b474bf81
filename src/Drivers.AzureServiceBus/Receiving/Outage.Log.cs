using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

internal sealed partial class Outage
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "No events from {Place}: {Sentence}. Trying again; this is said once")]
    private static partial void Away(ILogger logger, Exception fault, string place, string sentence);

    [LoggerMessage(Level = LogLevel.Error, Message = "No events from {Place}: {Sentence}. Trying again; this is said once")]
    private static partial void Refused(ILogger logger, Exception fault, string place, string sentence);

    [LoggerMessage(Level = LogLevel.Information, Message = "The bus answers again: events come from {Place}")]
    private static partial void Back(ILogger logger, string place);
}
