using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.Polling;

internal sealed partial class PollingDriver
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Polling for events since {Since}")]
    private static partial void Receiving(ILogger logger, DateTimeOffset since);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Flatfile could not be asked for events; trying again")]
    private static partial void SourceFaulted(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Flatfile asks to be left alone for {Asked}; asking again in {Wait}")]
    private static partial void AskedToWait(ILogger logger, TimeSpan asked, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Flatfile refused the key (HTTP {Status}): no events are received. Set Agent:Flatfile:ApiKey, or FLATFILE_API_KEY, to a secret key of the environment. Asking on; this is said once")]
    private static partial void KeyRefused(ILogger logger, int status);
}
