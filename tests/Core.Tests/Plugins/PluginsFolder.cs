using System.Reflection;

namespace Core.Tests.Plugins;

/// <summary>A plugins folder of its own for one test, filled from the test plugins that were built beside the tests.</summary>
internal sealed class PluginsFolder : IDisposable
{
    private static readonly string Built = typeof(PluginsFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "TestPlugins").Value!;

    public PluginsFolder() => Path = Directory.CreateTempSubdirectory("plugins-").FullName;

    public string Path { get; }

    /// <summary>Copies a test plugin in, under its own name or another.</summary>
    public string Add(string plugin)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, plugin)).FullName;
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(Built, plugin)))
        {
            File.Copy(file, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)), overwrite: true);
        }

        return folder;
    }

    /// <summary>Copies a test plugin over what lies in a folder of another name, file by file, as a person would.</summary>
    public string Put(string plugin, string name)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(Built, plugin)))
        {
            File.Copy(file, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)), overwrite: true);
        }

        return folder;
    }

    /// <summary>A plugin whose main assembly has just these bytes.</summary>
    public string Add(string plugin, byte[] assembly)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, plugin)).FullName;
        File.WriteAllBytes(System.IO.Path.Combine(folder, plugin + ".dll"), assembly);
        return folder;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
