using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Handlers.Extraction;

internal sealed partial class ExtractUploadedFile
{
    [LoggerMessage(Level = LogLevel.Information, Message = "File {Name} is left alone: its name has none of the extensions of files that are read")]
    private static partial void LeftAlone(ILogger logger, string name);
}
