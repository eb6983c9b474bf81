using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>What lies in a plugin's folder, links followed, hidden names left out.</summary>
internal static class FolderContent
{
    private const int MostFiles = 20_000;

    /// <summary>All files, in the order of their paths.</summary>
    /// <exception cref="PluginRefusedException">A link leads out of the folder, or there are too many files.</exception>
    public static IReadOnlyList<FolderFile> List(string folder)
    {
        var real = RealPath.Of(folder);
        var parent = RealPath.Of(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        if (!RealPath.IsIn(real, parent))
        {
            throw new PluginRefusedException(
                $"{folder} is a link that leads out of {parent}. Plugins are loaded from the real folder only: copy the plugin there.");
        }

        var files = new List<FolderFile>();
        Add(new DirectoryInfo(real), string.Empty, real, [real], files);
        files.Sort((a, b) => string.CompareOrdinal(a.Relative, b.Relative));
        return files;
    }

    /// <summary>Changes whenever a file comes, goes or is written; empty when the folder cannot be read.</summary>
    public static string Signature(string folder)
    {
        try
        {
            return string.Join('\n', List(folder).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Relative}|{f.Length}|{f.Modified.Ticks}")));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
        catch (PluginRefusedException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>One hash over all paths and contents.</summary>
    /// <param name="files">The path and the hash of each file.</param>
    public static string Hash(IEnumerable<(string Relative, byte[] Sha)> files)
    {
        var text = new StringBuilder();
        foreach (var (relative, sha) in files.OrderBy(f => f.Relative, StringComparer.Ordinal))
        {
            text.Append(relative).Append('\0').Append(Convert.ToHexStringLower(sha)).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Add(DirectoryInfo directory, string prefix, string root, HashSet<string> seen, List<FolderFile> files)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos().Where(e => !e.Name.StartsWith('.')))
        {
            var real = entry.LinkTarget is null ? entry.FullName : RealPath.Of(entry.FullName);
            if (!RealPath.IsIn(real, root))
            {
                throw new PluginRefusedException(
                    $"{prefix}{entry.Name} is a link to {real}, outside of the plugin's folder. Plugins are loaded from the real folder only: put a copy in place of the link.");
            }

            if (Directory.Exists(real))
            {
                if (seen.Add(real))
                {
                    Add(new DirectoryInfo(real), $"{prefix}{entry.Name}/", root, seen, files);
                }

                continue;
            }

            var file = new FileInfo(real);
            files.Add(new FolderFile(prefix + entry.Name, real, file.Length, file.LastWriteTimeUtc));
            if (files.Count > MostFiles)
            {
                throw new PluginRefusedException($"The folder holds more than {MostFiles} files. A plugin's folder holds the plugin and its libraries.");
            }
        }
    }
}
