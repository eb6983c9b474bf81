using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers;

internal sealed partial class DriverLoop
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The driver {Driver} failed; it is started again")]
    private static partial void Failed(ILogger logger, Exception fault, string driver);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The driver {Driver} stopped receiving by itself; it is started again")]
    private static partial void EndedEarly(ILogger logger, string driver);
}
