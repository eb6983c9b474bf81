using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Output;
using Flatfile.Agent.Host.Serving;
using Spectre.Console;

namespace Flatfile.Agent.Host.Spaces;

/// <summary>Saves a space as a file. The file has its name only once it is whole.</summary>
internal static class SpaceToFile
{
    private const int BufferSize = 128 * 1024;

    public static Task<int> RunAsync(ServerChoice choice, string id, string? output, CancellationToken stop)
    {
        var path = Path.GetFullPath(output ?? id + ".zip");
        Check(path);
        return ServerCall.RunAsync(choice, async target =>
        {
            var screen = Screen.Out();
            var length = await TransferView.WatchAsync(screen, $"export {id}", null, async progress =>
            {
                await using var archive = await target.Client.Spaces.ExportAsync(id, stop);
                return await SaveAsync(archive, path, progress, stop);
            });
            screen.WriteLine($"{id} is in {path} ({TransferView.Size(length)}).");
        }, stop);
    }

    private static void Check(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new UserFault($"{path} exists already.", "A saved space is not written over.", "Name another file with -o FILE.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new UserFault($"{path} cannot be written.", "Its folder does not exist.", "Make it, or name another file with -o FILE.");
        }
    }

    private static async Task<long> SaveAsync(Stream archive, string path, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var part = path + ".part";
        try
        {
            var length = 0L;
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous))
            {
                var buffer = new byte[BufferSize];
                int read;
                while ((read = await archive.ReadAsync(buffer, cancellationToken)) > 0)
                {
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                    progress.Report(length += read);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(part, path);
            return length;
        }
        catch (Exception fault)
        {
            File.Delete(part);
            throw fault is IOException or UnauthorizedAccessException or HttpRequestException
                ? new UserFault($"The space was not saved to {path}.", fault.Message, "Make room or check the server's log, and start again.", ExitCodes.Failed, fault)
                : fault;
        }
    }
}
