using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.SpacesStream;

internal sealed partial class StreamFeed
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The event at place {Place} is larger than {Limit} bytes (Agent:SpacesStream:MaxEventBytes); its beginning goes to the dead letters")]
    private static partial void TooLarge(ILogger logger, string place, int limit);
}
