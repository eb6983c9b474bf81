namespace Flatfile.Agent.Core.Plugins.Manifest;

/// <summary>What a plugin says of itself in <c>plugin.json</c>; all of it is optional.</summary>
internal sealed record PluginManifest
{
    /// <summary>The file's name in a plugin's folder.</summary>
    public const string FileName = "plugin.json";

    /// <summary>Must be the folder's name when it is given.</summary>
    public string? Name { get; init; }

    /// <summary>Shown to people instead of the assembly's version.</summary>
    public string? Version { get; init; }

    /// <summary>One line for people.</summary>
    public string? Description { get; init; }

    /// <summary>The versions of the contract it can run with.</summary>
    public ContractRange? Contract { get; init; }

    /// <summary>What may stand in its section of the settings.</summary>
    public SettingsSchema? Settings { get; init; }

    /// <summary>What is odd, though it can be used.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
