namespace Flatfile.Agent.Core.Plugins;

/// <summary>One plugin as an operator sees it: loaded, or refused with the reason.</summary>
public sealed record PluginStatus
{
    /// <summary>The folder's name, or the name under which a built-in assembly was added.</summary>
    public required string Name { get; init; }

    /// <summary>Where it lies; null for a built-in one.</summary>
    public string? Folder { get; init; }

    /// <summary>What its <c>plugin.json</c> says of it, if anything.</summary>
    public string? Description { get; init; }

    /// <summary>The version in its <c>plugin.json</c>, else that of its assembly, when it could be read.</summary>
    public string? Version { get; init; }

    /// <summary>The hash of <c>&lt;Name&gt;.dll</c> in hexadecimal, when it could be read.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The hash of every assembly of its folder, by the path inside it.</summary>
    public IReadOnlyDictionary<string, string> Assemblies { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it runs.</summary>
    public required PluginState State { get; init; }

    /// <summary>Why it was refused: what, why, what to do. Null when it is loaded.</summary>
    public string? Reason { get; init; }

    /// <summary>Its handlers, bound or refused one by one.</summary>
    public IReadOnlyList<HandlerStatus> Handlers { get; init; } = [];

    /// <summary>What else it contributes: record hooks, blueprints, listeners.</summary>
    public IReadOnlyList<string> Contributions { get; init; } = [];

    /// <summary>Why what runs is not what lies in its folder: a newer one was refused, or it was rolled back. Null when it is.</summary>
    public string? Notice { get; init; }

    /// <summary>What is odd about it, though it runs.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
