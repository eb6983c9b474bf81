using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Core.Recording;

internal sealed partial class RecordingShelf
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A run could not be recorded in {Folder}; runs go on without. Free space there, or set Agent:Recording:Keep to Off")]
    private static partial void NotRecorded(ILogger logger, Exception fault, string folder);
}
