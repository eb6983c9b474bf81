namespace Flatfile.Agent.Host.Dashboard.Access;

internal sealed partial class DashboardGate
{
    [LoggerMessage(LogLevel.Error, "The page {Method} {Path} failed")]
    private static partial void Failed(ILogger logger, Exception fault, string method, string path);
}
