using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Records;

internal sealed partial class SoughtIndexMaker
{
    [LoggerMessage(LogLevel.Information, "No index was made for sheet {Sheet} of space {SpaceId}: its values are found by walking the rows")]
    private static partial void LogNotMade(ILogger logger, string spaceId, int sheet, Exception fault);
}
