using System.Reflection;
using System.Runtime.Loader;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>The private world of one plugin: the contract and the framework from the host, everything else from its own folder first.</summary>
/// <remarks>Files are read, not mapped: a folder may be replaced while the plugin runs.</remarks>
internal sealed class PluginLoadContext : AssemblyLoadContext
{
    private readonly string _folder;
    private readonly AssemblyDependencyResolver? _resolver;

    public PluginLoadContext(string name, string assemblyPath) : base("plugin " + name, isCollectible: true)
    {
        _folder = Path.GetDirectoryName(assemblyPath)!;
        try
        {
            _resolver = new AssemblyDependencyResolver(assemblyPath);
        }
        catch (InvalidOperationException)
        {
            // The list of dependencies names a file that is not there, or cannot be read: the folder itself still answers by file name.
            _resolver = null;
        }
    }

    /// <summary>Where the plugin's own copy of an assembly lies, or null when it has none.</summary>
    public string? Locate(AssemblyName name)
    {
        if (_resolver?.ResolveAssemblyToPath(name) is { } listed && File.Exists(listed))
        {
            return listed;
        }

        var neighbour = Path.Combine(_folder, name.Name + ".dll");
        return string.IsNullOrEmpty(name.CultureName) && File.Exists(neighbour) ? neighbour : null;
    }

    /// <summary>Loads an assembly from bytes, with the symbols beside its file when there are any.</summary>
    public Assembly Load(byte[] assembly, string path)
    {
        var symbols = Path.ChangeExtension(path, ".pdb");
        return File.Exists(symbols)
            ? LoadFromStream(new MemoryStream(assembly), new MemoryStream(File.ReadAllBytes(symbols)))
            : LoadFromStream(new MemoryStream(assembly));
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (SharedAssemblies.Contract.TryGetValue(name, out var contract))
        {
            return contract;
        }

        if (SharedAssemblies.IsShared(name) || Locate(assemblyName) is not { } path)
        {
            // The host's own context answers, or the load fails there with the name of what is missing.
            return null;
        }

        return Load(File.ReadAllBytes(path), path);
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
