using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Handlers.Extraction;

internal sealed partial class ExtractUploadedFile
{
    [LoggerMessage(Level = LogLevel.Information, Message = "File {Name} is left alone: only .csv, .tsv, .psv and .txt are extracted here")]
    private static partial void LeftAlone(ILogger logger, string name);
}
