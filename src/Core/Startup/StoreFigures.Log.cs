using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Startup;

internal sealed partial class StoreFigures
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "The figures of the store are not known now: {Reason}")]
    private static partial void NotLooked(ILogger logger, string reason);
}
