using Flatfile.Agent.Host.Commands;
using Flatfile.Agent.Host.Faults;
using Flatfile.Api;

namespace Flatfile.Agent.Host.Serving;

/// <summary>How to reach a data folder's server as its developer.</summary>
internal sealed record DevelopmentEnvironment(string Url, string Key, string Id)
{
    /// <summary>Asks the server that runs, else lets one start for a moment, which makes the environment and the key where they are new.</summary>
    public static async Task<DevelopmentEnvironment> FindAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        if (DataFolder.TryTake(settings.DataFolder) is { } folder)
        {
            await using var server = await AgentServer.StartOwnAsync(settings, folder, LoopbackPort.Free(), cancellationToken);
            return new DevelopmentEnvironment(
                $"http://localhost:{settings.Port ?? HostSettings.DefaultPort}", server.Access.DevelopmentKey, server.Access.EnvironmentId);
        }

        if (DataFolder.ReadAddress(settings.DataFolder) is not { HasSpaces: true } here || DevelopmentKey.Read(settings.DataFolder) is not { } key)
        {
            throw DataFolder.InUse(settings.DataFolder);
        }

        using var client = new FlatfileClient(new FlatfileClientOptions { BaseAddress = new Uri(here.Url), Token = key });
        await foreach (var environment in client.Environments.ListAsync(cancellationToken: cancellationToken))
        {
            return new DevelopmentEnvironment(here.Url, key, environment.Id);
        }

        throw new UserFault($"The server at {here.Url} has no environment.", "Its key opens none.", "Start it again.", ExitCodes.Failed);
    }
}
