using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>The main assembly of a plugin folder, read once: the bytes that are hashed are the bytes that are checked and loaded.</summary>
internal sealed class PluginFile
{
    private PluginFile(string path, byte[] bytes)
    {
        Path = path;
        Bytes = bytes;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    public string Path { get; }

    public byte[] Bytes { get; }

    public string Sha256 { get; }

    /// <summary>The assembly's version as it is told to people; known once the file has been opened.</summary>
    public string? Version { get; private set; }

    /// <summary>Reads the folder's main assembly.</summary>
    /// <exception cref="PluginRefusedException">There is none, or it cannot be read.</exception>
    public static PluginFile Read(string name, string folder)
    {
        var path = System.IO.Path.Combine(folder, name + ".dll");
        if (!File.Exists(path))
        {
            var others = Directory.EnumerateFiles(folder, "*.dll").Select(f => System.IO.Path.GetFileName(f)).Order(StringComparer.Ordinal).ToList();
            var found = others.Count == 0 ? "It holds no .dll at all." : $"It holds {string.Join(", ", others.Take(5))}.";
            throw new PluginRefusedException(
                $"The folder has no {name}.dll. {found} A plugin's folder and its main assembly must have the same name, capitals included.");
        }

        try
        {
            return new PluginFile(path, File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PluginRefusedException($"{name}.dll cannot be read: {fault.Message} Make it readable for the account the agent runs under.", fault);
        }
    }

    /// <summary>Opens the assembly's metadata without running or loading anything of it.</summary>
    /// <exception cref="PluginRefusedException">It is empty, damaged, or no .NET assembly.</exception>
    public void Inspect(Action<MetadataReader> look)
    {
        var file = System.IO.Path.GetFileName(Path);
        if (Bytes.Length == 0)
        {
            throw new PluginRefusedException($"{file} is empty (0 bytes); the copy was probably cut off. Copy the plugin again.");
        }

        try
        {
            using var portable = new PEReader(new MemoryStream(Bytes));
            if (!portable.HasMetadata)
            {
                throw new PluginRefusedException($"{file} is a native library, not a .NET assembly. Build the plugin for net10.0.");
            }

            var reader = portable.GetMetadataReader();
            if (!reader.IsAssembly)
            {
                throw new PluginRefusedException($"{file} is a .NET module without an assembly. Build the plugin as a class library.");
            }

            Version = reader.GetAssemblyDefinition().Version.ToString();
            look(reader);
        }
        catch (BadImageFormatException fault)
        {
            throw new PluginRefusedException(
                $"{file} ({Bytes.Length} bytes) is not a .NET assembly, or it is damaged: {fault.Message} Copy the plugin again, or build it for net10.0.", fault);
        }
    }
}
