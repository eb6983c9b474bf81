using Flatfile.Agent.Host.Output;
using Flatfile.Agent.Host.Serving;
using Spectre.Console;

namespace Flatfile.Agent.Host.Spaces;

/// <summary>Deletes a space.</summary>
internal static class SpaceRemoval
{
    public static Task<int> RunAsync(ServerChoice choice, string id, CancellationToken stop) => ServerCall.RunAsync(choice, async target =>
    {
        await target.Client.Spaces.DeleteAsync(id, stop);
        Screen.Out().WriteLine($"{id} is deleted.");
    }, stop);
}
