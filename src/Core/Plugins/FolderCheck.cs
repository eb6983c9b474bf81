using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Looks at a plugin's folder itself: who may write there, and what lies there that should not.</summary>
internal static class FolderCheck
{
    // Links are followed by nobody here: what they lead to is checked where it lies.
    private static readonly EnumerationOptions Inside = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, MaxRecursionDepth = 16,
    };

    /// <exception cref="PluginRefusedException">Every account of the machine may write there.</exception>
    public static void RefuseWhenWorldWritable(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var inside = new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Inside).Where(f => f.LinkTarget is null).Select(f => f.FullName);
        foreach (var path in new[] { Path.GetDirectoryName(folder)!, folder }.Concat(inside))
        {
            // The sticky bit keeps others from replacing what they do not own.
            var mode = File.GetUnixFileMode(path);
            if (mode.HasFlag(UnixFileMode.OtherWrite) && !(mode.HasFlag(UnixFileMode.StickyBit) && path != folder))
            {
                throw new PluginRefusedException(
                    $"Every account of this machine may write to {path}, so anyone could have put this code there. Run: chmod -R o-w '{path}'");
            }
        }
    }

    /// <summary>Tells of assemblies in the folder that are never used because the host's own are.</summary>
    public static void WarnOfCopies(string folder, List<string> warnings)
    {
        var copies = Directory.EnumerateFiles(folder, "*.dll").Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(SharedAssemblies.IsShared).Order(StringComparer.Ordinal).ToList();
        var contract = copies.Where(SharedAssemblies.Contract.ContainsKey).ToList();
        if (contract.Count > 0)
        {
            warnings.Add($"The folder carries its own copy of {string.Join(", ", contract.Select(c => c + ".dll"))}; the host's is used instead. "
                + "Reference the contract with Private=\"false\" ExcludeAssets=\"runtime\" and delete the copy.");
        }

        var framework = copies.Except(contract, StringComparer.Ordinal).ToList();
        if (framework.Count > 0)
        {
            warnings.Add($"The folder carries {string.Join(", ", framework.Select(c => c + ".dll"))}; the host's own are used instead.");
        }
    }

    /// <summary>The hash of every assembly in the folder, by its path inside.</summary>
    public static IReadOnlyDictionary<string, string> Hashes(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.dll", Inside))
        {
            using var bytes = File.OpenRead(file);
            hashes[Path.GetRelativePath(folder, file)] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        }

        return hashes;
    }

    /// <summary>Looks at the libraries beside the main assembly, which would only be missed when they are first used.</summary>
    /// <exception cref="PluginRefusedException">One is shorter than its own headers say.</exception>
    public static void RefuseWhenCutOff(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.dll", Inside))
        {
            if (IsCutOff(file))
            {
                throw new PluginRefusedException(
                    $"{Path.GetRelativePath(folder, file)} ({new FileInfo(file).Length} bytes) is cut off: its own headers speak of more. Copy the plugin again.");
            }
        }
    }

    private static bool IsCutOff(string file)
    {
        using var bytes = File.OpenRead(file);
        if (bytes.Length == 0)
        {
            return true;
        }

        try
        {
            using var portable = new PEReader(bytes, PEStreamOptions.LeaveOpen);
            return portable.PEHeaders.SectionHeaders.Any(s => (long)s.PointerToRawData + s.SizeOfRawData > bytes.Length);
        }
        catch (BadImageFormatException)
        {
            return true;
        }
    }
}
