using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Output;
using Flatfile.Agent.Host.Serving;
using Spectre.Console;

namespace Flatfile.Agent.Host.Spaces;

/// <summary>Makes a new space from a saved file.</summary>
internal static class SpaceFromFile
{
    public static async Task<int> RunAsync(ServerChoice choice, string argument, string? name, CancellationToken stop)
    {
        await using var file = Open(Path.GetFullPath(argument));
        return await ServerCall.RunAsync(choice, async target =>
        {
            var screen = Screen.Out();
            var space = await TransferView.WatchAsync(
                screen, "import " + Path.GetFileName(argument), file.Length, progress => target.Client.Spaces.ImportAsync(file, name, progress, cancellationToken: stop));
            screen.WriteLine($"{space.Id} '{space.Name}' is at {target.Url}.");
        }, stop);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFault($"{path} cannot be read.", fault.Message, "Check the name.", inner: fault);
        }
    }
}
