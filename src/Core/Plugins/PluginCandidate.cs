using System.Reflection;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Something that claims to be a plugin: a folder, or an assembly of the host.</summary>
/// <param name="Name">The folder's name, or the name it was added under.</param>
/// <param name="Folder">Null for an assembly of the host.</param>
/// <param name="Assembly">Null for a folder.</param>
internal sealed record PluginCandidate(string Name, string? Folder, Assembly? Assembly)
{
    /// <summary>Why it is refused when another one has its name.</summary>
    public string NameIsTaken => $"Another plugin is already named {Name}. Rename this one's folder and assembly.";

    /// <summary>All candidates in order: those of the host, then folder by folder in the order of names.</summary>
    public static IEnumerable<PluginCandidate> All(PluginOptions options)
    {
        foreach (var (name, assembly) in options.BuiltIn)
        {
            yield return new PluginCandidate(name, null, assembly);
        }

        foreach (var root in options.Folders.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Where(Directory.Exists))
        {
            foreach (var folder in FoldersIn(root))
            {
                var name = Path.GetFileName(folder);
                if (!name.StartsWith('.'))
                {
                    yield return new PluginCandidate(name, folder, null);
                }
            }
        }
    }

    // A folder of plugins that cannot be read is listed as one plugin, which is then refused with that reason.
    private static IEnumerable<string> FoldersIn(string root)
    {
        try
        {
            return Directory.GetDirectories(root).Order(StringComparer.Ordinal);
        }
        catch (UnauthorizedAccessException)
        {
            return [root];
        }
    }
}
