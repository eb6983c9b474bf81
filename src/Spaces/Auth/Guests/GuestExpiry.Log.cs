using Microsoft.Extensions.Logging;

namespace Flatfile.Spaces.Auth.Guests;

internal sealed partial class GuestExpiry
{
    [LoggerMessage(LogLevel.Warning, "Guests whose time is over could not be removed now; their tokens are refused, and the next round removes them")]
    private static partial void LogLater(ILogger logger, Exception fault);
}
