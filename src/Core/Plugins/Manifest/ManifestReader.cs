using System.Text.Json;

namespace Flatfile.Agent.Core.Plugins.Manifest;

/// <summary>Reads a <c>plugin.json</c>.</summary>
internal static class ManifestReader
{
    private const int LargestFile = 256 * 1024;

    private static readonly string[] Known = ["name", "version", "contract", "description", "settings", "$schema"];

    /// <summary>The manifest of a plugin's folder, or one that says nothing when there is none.</summary>
    /// <exception cref="PluginRefusedException">It cannot be used; the message names line and reason.</exception>
    public static PluginManifest Of(string plugin, string folder)
    {
        var path = Path.Combine(folder, PluginManifest.FileName);
        if (!File.Exists(path))
        {
            return new PluginManifest();
        }

        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw new PluginRefusedException($"{PluginManifest.FileName} is larger than {LargestFile / 1024} KB. It is meant for a name, a version and a few settings.");
            }

            var manifest = Read(File.ReadAllBytes(path));
            if (manifest.Name is { } name && name != plugin)
            {
                throw new PluginRefusedException($"{PluginManifest.FileName} names the plugin '{name}', but its folder is named '{plugin}'. Make the two alike.");
            }

            return manifest;
        }
        catch (ManifestException fault)
        {
            throw new PluginRefusedException(fault.Message, fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PluginRefusedException($"{PluginManifest.FileName} cannot be read: {fault.Message} Make it readable for the account the agent runs under.", fault);
        }
    }

    /// <exception cref="ManifestException">It cannot be used.</exception>
    public static PluginManifest Read(ReadOnlySpan<byte> utf8)
    {
        var root = LinedJson.Parse(utf8);
        if (root.Kind != JsonValueKind.Object)
        {
            throw new ManifestException(root.Line, "it is not an object. Write { \"name\": …, \"version\": … }.");
        }

        var warnings = root.Members.Where(m => !Known.Contains(m.Key))
            .Select(m => $"{PluginManifest.FileName}, line {m.Value.Line}: '{m.Key}' is not known and has no effect. Known: {string.Join(", ", Known[..^1])}.").ToList();
        return new PluginManifest
        {
            Name = Text(root, "name"),
            Version = Text(root, "version"),
            Description = Text(root, "description"),
            Contract = Range(root),
            Settings = root.Member("settings") is { } settings ? SettingsSchemaReader.Read(settings, "settings", warnings) : null,
            Warnings = warnings,
        };
    }

    private static string? Text(LinedJson root, string name) => root.Member(name) switch
    {
        null => null,
        { Kind: JsonValueKind.String, Text.Length: > 0 and <= 500 } text => text.Text,
        var other => throw new ManifestException(other.Line, $"'{name}' must be a text of 1 to 500 characters."),
    };

    private static ContractRange? Range(LinedJson root)
    {
        if (Text(root, "contract") is not { } text)
        {
            return null;
        }

        try
        {
            return ContractRange.Parse(text);
        }
        catch (FormatException fault)
        {
            throw new ManifestException(root.Member("contract")!.Line, $"'contract': {fault.Message}");
        }
    }
}
