namespace Flatfile.Agent.Host.Operating;

internal sealed partial class OperatorGate
{
    [LoggerMessage(LogLevel.Error, "The operator's request {Method} {Path} failed")]
    private static partial void Failed(ILogger logger, Exception fault, string method, string path);
}
