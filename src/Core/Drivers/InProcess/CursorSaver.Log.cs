using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Drivers.InProcess;

internal sealed partial class CursorSaver
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Position {Position} could not be saved; after a restart settled events come again")]
    private static partial void NotSaved(ILogger logger, Exception fault, long position);
}
