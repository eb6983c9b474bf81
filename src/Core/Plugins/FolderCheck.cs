namespace Flatfile.Agent.Core.Plugins;

/// <summary>Looks at a plugin's folder itself: who may write there, and what lies there that should not.</summary>
internal static class FolderCheck
{
    /// <exception cref="PluginRefusedException">Every account of the machine may write there.</exception>
    public static void RefuseWhenWorldWritable(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var paths = new[] { Path.GetDirectoryName(folder)!, folder }.Concat(Directory.EnumerateFiles(folder, "*.dll"));
        foreach (var path in paths)
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
}
