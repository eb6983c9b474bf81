using System.Collections.Generic;

namespace Flatfile.Agent.Generators;

/// <summary>One option of an enum field.</summary>
internal sealed class FieldOption(string value, string label, IReadOnlyList<string> alternatives, string? member)
{
    public string Value { get; } = value;

    public string Label { get; } = label;

    public IReadOnlyList<string> Alternatives { get; } = alternatives;

    /// <summary>The member of the enum it stands for, as code; null for an option of a text.</summary>
    public string? Member { get; } = member;
}
