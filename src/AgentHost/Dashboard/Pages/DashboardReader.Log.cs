namespace Flatfile.Agent.Host.Dashboard.Pages;

internal sealed partial class DashboardReader
{
    [LoggerMessage(LogLevel.Warning, "The agent's page shows only a part: the store could not be read")]
    private static partial void NotRead(ILogger logger, Exception fault);
}
