namespace Flatfile.Agent.Host.Dashboard.Access;

internal sealed partial class SignInEndpoints
{
    [LoggerMessage(LogLevel.Information, "Signed in as {Role} from {Address}")]
    private static partial void SignedIn(ILogger logger, DashboardRole role, string? address);

    [LoggerMessage(LogLevel.Warning, "A sign-in from {Address} was refused: the key is wrong")]
    private static partial void Refused(ILogger logger, string? address);
}
