using System.Security.Cryptography;

namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>Copies of plugins as they were loaded, one folder for each content: what runs is never what somebody is just writing.</summary>
/// <param name="root">The folder of all copies; only this account may use it.</param>
internal sealed class ShadowCopies(string root)
{
    private const string Unfinished = ".new-";
    private const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string PathOf(string plugin, string sha) => Path.Combine(root, plugin, sha);

    /// <summary>Copies a folder aside and returns the hash of its content.</summary>
    /// <exception cref="FolderMovingException">It changed meanwhile.</exception>
    /// <exception cref="PluginRefusedException">A link leads out of it.</exception>
    public async Task<string> TakeAsync(string plugin, string folder, CancellationToken cancellationToken)
    {
        var place = Make(Path.Combine(root, plugin));
        var copy = Make(Path.Combine(place, Unfinished + Guid.NewGuid().ToString("N")));
        try
        {
            var files = FolderContent.List(folder);
            var hashes = new List<(string, byte[])>(files.Count);
            foreach (var file in files)
            {
                hashes.Add((file.Relative, await CopyAsync(file, Path.Combine(copy, file.Relative), cancellationToken).ConfigureAwait(false)));
            }

            if (!FolderContent.List(folder).SequenceEqual(files))
            {
                throw new FolderMovingException(folder);
            }

            var sha = FolderContent.Hash(hashes);
            Keep(plugin, sha, copy);
            return sha;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FolderMovingException(folder, fault);
        }
        finally
        {
            DeleteIfThere(copy);
        }
    }

    /// <summary>Whether the copy is there and still what it was.</summary>
    public bool IsWhole(string plugin, string sha)
    {
        var path = PathOf(plugin, sha);
        try
        {
            return Directory.Exists(path) && FolderContent.Hash(FolderContent.List(path).Select(f => (f.Relative, HashOf(f.Real)))) == sha;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or PluginRefusedException)
        {
            return false;
        }
    }

    /// <summary>Deletes all copies of a plugin but these.</summary>
    public void Prune(string plugin, IReadOnlyCollection<string> keep)
    {
        var place = Path.Combine(root, plugin);
        if (!Directory.Exists(place))
        {
            return;
        }

        foreach (var copy in Directory.GetDirectories(place).Where(c => !keep.Contains(Path.GetFileName(c))))
        {
            DeleteIfThere(copy);
        }
    }

    private void Keep(string plugin, string sha, string copy)
    {
        if (IsWhole(plugin, sha))
        {
            return;
        }

        DeleteIfThere(PathOf(plugin, sha));
        Directory.Move(copy, PathOf(plugin, sha));
    }

    private static async Task<byte[]> CopyAsync(FolderFile file, string target, CancellationToken cancellationToken)
    {
        Make(Path.GetDirectoryName(target)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var from = new FileStream(file.Real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var to = new FileStream(target, options);
        var buffer = new byte[81920];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }

        return hash.GetHashAndReset();
    }

    private static byte[] HashOf(string file)
    {
        using var bytes = File.OpenRead(file);
        return SHA256.HashData(bytes);
    }

    private static string Make(string folder) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnFolder)).FullName;

    // What cannot be deleted now, such as a library that is still mapped, goes the next time.
    private static void DeleteIfThere(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}
