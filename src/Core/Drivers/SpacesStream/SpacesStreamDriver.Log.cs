using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.SpacesStream;

internal sealed partial class SpacesStreamDriver
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Following the events of Spaces after place {Place}")]
    private static partial void Receiving(ILogger logger, long? place);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The stream of events broke or cannot be opened; trying again")]
    private static partial void SourceFaulted(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Spaces refused the key (HTTP {Status}): no events are received. Set Agent:Flatfile:ApiKey, or FLATFILE_API_KEY, to a secret key of the environment. Asking on; this is said once")]
    private static partial void KeyRefused(ILogger logger, int status);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "This Flatfile has no stream of events (HTTP {Status}): it is not Spaces, or an old one. Set Agent:Driver to Polling. Asking on; this is said once")]
    private static partial void NoStream(ILogger logger, int status);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "EVENTS ARE LOST: those right after place {Place} were removed by Spaces because of their age before this agent came for them. Going on with the oldest there is. Look at what happened in your spaces meanwhile; keep events longer there, or the agent away for a shorter time")]
    private static partial void EventsGone(ILogger logger, long place);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Spaces never gave the place {Place}: its data folder is another one than before. Beginning with the oldest event there is; what was handled already is dropped by its id")]
    private static partial void PlaceUnknown(ILogger logger, long place);
}
