using System.Text.RegularExpressions;

namespace Flatfile.Agent.Core.Plugins.Manifest;

/// <summary>One setting a plugin knows.</summary>
internal sealed record SettingsProperty
{
    public required SettingsType Type { get; init; }

    /// <summary>For people; told in a fault.</summary>
    public string? Description { get; init; }

    /// <summary>The values allowed; none mean any.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    /// <summary>Must be found in the text, in time that grows with its length alone.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>Used when no value is set; null when there is none.</summary>
    public string? Default { get; init; }

    /// <summary>Of a list.</summary>
    public SettingsProperty? Items { get; init; }

    /// <summary>Of settings with settings of their own.</summary>
    public SettingsSchema? Nested { get; init; }
}
