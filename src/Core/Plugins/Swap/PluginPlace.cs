namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>One plugin of a host that swaps: where it comes from, what of it is in force, and what is remembered.</summary>
internal sealed class PluginPlace(PluginCandidate candidate, PluginMemory memory)
{
    public PluginCandidate Candidate { get; } = candidate;

    public string Name => Candidate.Name;

    public PluginMemory Memory { get; set; } = memory;

    /// <summary>What is in force, or the refusal.</summary>
    public LoadedPlugin Loaded { get; set; } = LoadedPlugin.Refused(PluginOpener.Start(candidate), "It is not loaded yet.");

    /// <summary>Why what runs is not what lies in the folder; null when it is.</summary>
    public string? Notice { get; set; }

    /// <summary>The hash of what was last taken from the folder.</summary>
    public string? FolderContent { get; set; }

    /// <summary>What the folder looked like when it was last tried.</summary>
    public string? Tried { get; set; }

    /// <summary>What the place adds to the catalogue.</summary>
    public LoadedPlugin Shown => Loaded with { Status = Loaded.Status with { Notice = Notice } };

    /// <summary>The version that is in force, for people.</summary>
    public string InForce => Loaded.Status.Version ?? "a version without number";
}
