using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Importing;
using Flatfile.Agent.Host.Serving;
using Flatfile.Api;

namespace Flatfile.Agent.Host.Spaces;

/// <summary>Runs work against the chosen server and says its faults so that the person at the keyboard can cure them.</summary>
internal static class ServerCall
{
    public static async Task<int> RunAsync(ServerChoice choice, Func<ImportTarget, Task> work, CancellationToken cancellationToken)
    {
        await using var target = await ImportTarget.ChooseAsync(choice, TimeProvider.System, cancellationToken);
        try
        {
            await work(target);
            return ExitCodes.Done;
        }
        catch (FlatfileApiException fault)
        {
            throw Explain(fault, target.Url);
        }
    }

    public static UserFault Explain(FlatfileApiException fault, string url)
    {
        var said = string.Join(' ', fault.Errors.Select(error => error.Message));
        return fault switch
        {
            { Code: FlatfileErrorCode.Unauthorized } => new UserFault(
                $"401: the key was refused by {url}.", "It is not a secret key of that server.", "Give the right one with --key KEY.", inner: fault),
            { Code: FlatfileErrorCode.Unreachable } => new UserFault(
                $"No server answers at {url}.", fault.InnerException?.Message ?? fault.Message, "Check the address, and that the server runs.", inner: fault),
            { Code: FlatfileErrorCode.BadAnswer } => new UserFault($"What answers at {url} is not Spaces.", fault.Message, "Check the address.", inner: fault),
            { Status: { } status } when said.Length > 0 => new UserFault($"{(int)status}: {said}", $"{url} refused it.", "", (int)status < 500 ? ExitCodes.Usage : ExitCodes.Failed, fault),
            _ => new UserFault($"The server at {url} failed.", fault.Message, "Start again.", ExitCodes.Failed, fault),
        };
    }
}
