using System.Security.Cryptography;
using Flatfile.Agent.Host.Faults;

namespace Flatfile.Agent.Host.Importing;

/// <summary>A file on this machine that was looked at before anything was sent.</summary>
/// <param name="Argument">As the person wrote it.</param>
/// <param name="Path">Absolute.</param>
/// <param name="Size">In bytes.</param>
internal sealed record ImportFile(string Argument, string Path, long Size)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Looks at all of them and names every one that cannot be read, before the first is sent.</summary>
    public static IReadOnlyList<ImportFile> CheckAll(IEnumerable<string> arguments)
    {
        var files = new List<ImportFile>();
        var faults = new List<string>();
        foreach (var argument in arguments)
        {
            var path = System.IO.Path.GetFullPath(argument);
            if (files.Any(f => f.Path == path))
            {
                continue;
            }

            if (Fault(path) is { } fault)
            {
                faults.Add($"{argument}: {fault}");
                continue;
            }

            files.Add(new ImportFile(argument, path, new FileInfo(path).Length));
        }

        return faults.Count == 0
            ? files
            : throw new UserFault(string.Join('\n', faults), "Nothing was done.", "Correct the names and start again.");
    }

    public async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(Path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private static string? Fault(string path)
    {
        if (Directory.Exists(path))
        {
            return "is a folder, not a file.";
        }

        try
        {
            using var stream = File.OpenRead(path);
            return null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return "there is no such file.";
        }
        catch (UnauthorizedAccessException)
        {
            return "this user may not read it.";
        }
        catch (IOException fault)
        {
            return "cannot be read: " + fault.Message;
        }
    }
}
