namespace Flatfile.Agent.Host.Handles;

internal sealed partial class ConnectionPlaces
{
    [LoggerMessage(LogLevel.Warning, "All {Connections} connections that can be served at once are taken; {Refused} were refused since the start. This process may hold {Handles} files and connections. {Cure}")]
    private static partial void NoPlace(ILogger logger, int connections, long refused, long handles, string cure);
}
